package io.liveresponse.worker;

import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * Which of the other sides (sign-in host, API and store of a tenant, a sink, the ledger) answer nobody just now, as far as this
 * process has tried. It tells an outage, which must cost no request an attempt, from a fault that only one request meets.
 * Thread-safe; keeps an entry for each peer that fails, and forgets it with the first success.
 */
final class Peers {

    private final Map<String, Outage> outages = new ConcurrentSkipListMap<>();
    private final Clock clock;

    private record Outage(Instant since, String reason) {
    }

    /** @param clock the machine's; what this process sees needs no database, which may be down */
    Peers(Clock clock) {
        this.clock = clock;
    }

    static String sink(String name) {
        return "sink " + name;
    }

    static String ofTenant(Stage stage, String tenant) {
        return stage + " of tenant " + tenant;
    }

    /** @param sink the sink that was being served, or null */
    static String of(LiveResponseException failure, ResultKey key, String sink) {
        return failure.getStage() == Stage.DELIVER && sink != null ? sink(sink) : ofTenant(failure.getStage(), key.tenant());
    }

    void served(String peer) {
        outages.remove(peer);
    }

    /**
     * Notes a failure.
     *
     * @return for how long the peer has failed and served nobody; empty if this is its first failure after a success
     */
    Optional<Duration> failed(String peer, String reason) {
        Instant now = clock.instant();
        Outage earlier = outages.putIfAbsent(peer, new Outage(now, reason));
        if (earlier == null) {
            return Optional.empty();
        }
        outages.replace(peer, earlier, new Outage(earlier.since(), reason));
        Duration lasted = Duration.between(earlier.since(), now);
        return Optional.of(lasted.isNegative() ? Duration.ZERO : lasted);
    }

    /** The peers that have answered nobody for some time, for an operator's eyes; empty if all answer. */
    Optional<String> fault(Duration shortest) {
        Instant latest = clock.instant().minus(shortest);
        return Optional.of(outages.entrySet().stream().filter(outage -> !outage.getValue().since().isAfter(latest))
                .map(outage -> outage.getKey() + " since " + outage.getValue().since() + ": " + outage.getValue().reason())
                .collect(Collectors.joining("; "))).filter(all -> !all.isEmpty());
    }
}
