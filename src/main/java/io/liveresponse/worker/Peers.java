package io.liveresponse.worker;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which peers (sign-in host, API and blob store of a tenant, a sink) answer nobody just now, as far as this process has tried. It tells
 * an outage, which must cost no request an attempt, from a fault that only one request meets, and logs one WARN at the beginning and one
 * INFO at the end of each outage. Thread-safe; keeps an entry for each peer that fails, and forgets it with the first success.
 */
final class Peers {

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    /** One failure may be one request's own; the second without a success between them is an outage. */
    private static final int OUTAGE = 2;
    /** Calls that were on their way when the peer came back fail together, after the first success. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(1);
    private static final List<Stage> FETCHING = List.of(Stage.TOKEN, Stage.LINK, Stage.BLOB);

    private final Map<String, Outage> outages = new ConcurrentSkipListMap<>();
    private final Clock clock;

    private record Outage(Instant since, String reason, int failures, boolean isTold) {

        String text(String peer) {
            return peer + " since " + since + ": " + reason;
        }
    }

    /** @param clock the machine's; what this process sees needs no database, which may be down */
    Peers(Clock clock) {
        this.clock = clock;
    }

    static String sink(String name) {
        return "sink " + name;
    }

    static String ofTenant(Stage stage, String tenant) {
        return switch (stage) {
            case TOKEN -> "sign-in";
            case ACTION -> "API for actions";
            case LINK -> "API for links";
            case BLOB -> "blob store";
            default -> stage.name();
        } + " of tenant " + tenant;
    }

    /** @param sink the sink that was being served, or null */
    static String of(LiveResponseException failure, ResultKey key, String sink) {
        if (failure.getCode() == FailureCode.BLOB_NOT_STORED) {
            return "spool";
        }
        return failure.getStage() == Stage.DELIVER && sink != null ? sink(sink) : ofTenant(failure.getStage(), key.tenant());
    }

    void served(String peer) {
        Outage ended = outages.remove(peer);
        if (ended != null && ended.isTold()) {
            LOG.info("{} answers again after {} s; what waited for it goes on", peer,
                    lasted(ended, clock.instant()).toSeconds());
        }
    }

    /** The bytes of a result are on the disk, so each peer up to there answers. */
    void fetched(String tenant) {
        FETCHING.forEach(stage -> served(ofTenant(stage, tenant)));
        served("spool");
    }

    /** A peer fails, so those that are called before it have answered. */
    void reached(Stage stage, String tenant) {
        if (stage == Stage.LINK || stage == Stage.ACTION || stage == Stage.BLOB) {
            served(ofTenant(Stage.TOKEN, tenant));
        }
        if (stage == Stage.BLOB) {
            served(ofTenant(Stage.LINK, tenant));
        }
    }

    /**
     * Notes a failure.
     *
     * @return for how long the peer has failed and served nobody; empty if this is its first failure after a success
     */
    Optional<Duration> failed(String peer, String reason) {
        return note(peer, reason, 1);
    }

    /** Notes that the peer refuses a tenant, which no retry changes. */
    void refused(String peer, String reason) {
        note(peer, reason, OUTAGE);
    }

    private Optional<Duration> note(String peer, String reason, int failures) {
        Instant now = clock.instant();
        AtomicBoolean begins = new AtomicBoolean();
        Outage outage = outages.compute(peer, (name, earlier) -> {
            Instant since = earlier == null ? now : earlier.since();
            int all = earlier == null ? failures : Math.min(earlier.failures(), OUTAGE) + failures;
            boolean told = failures == OUTAGE || all >= OUTAGE && !now.isBefore(since.plus(STRAGGLERS));
            begins.set(told && (earlier == null || !earlier.isTold()));
            return new Outage(since, reason, all, told || earlier != null && earlier.isTold());
        });
        if (begins.get()) {
            LOG.warn("{} fails: {}; its requests wait and lose no attempt, and it is tried again until it answers", peer, reason);
        }
        return outage.failures() == 1 ? Optional.empty() : Optional.of(lasted(outage, now));
    }

    private static Duration lasted(Outage outage, Instant now) {
        Duration lasted = Duration.between(outage.since(), now);
        return lasted.isNegative() ? Duration.ZERO : lasted;
    }

    /** The peers that answer nobody, for an operator's eyes; empty if all answer. */
    Optional<String> fault() {
        return Optional.of(outages.entrySet().stream().filter(outage -> outage.getValue().isTold())
                .map(outage -> outage.getValue().text(outage.getKey())).collect(Collectors.joining("; "))).filter(all -> !all.isEmpty());
    }

    /** Whether no result of any of these tenants can be fetched, and that has lasted for some time. */
    boolean areDown(Collection<String> tenants, Duration shortest) {
        Instant latest = clock.instant().minus(shortest);
        return !tenants.isEmpty() && tenants.stream().allMatch(tenant -> FETCHING.stream()
                .map(stage -> outages.get(ofTenant(stage, tenant)))
                .anyMatch(outage -> outage != null && outage.isTold() && !outage.since().isAfter(latest)));
    }
}
