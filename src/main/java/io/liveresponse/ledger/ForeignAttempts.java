package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * For how long this process has known of another run's attempt at a sink, by the monotonic clock: if the ledger's clock steps, a lease
 * ends while its run is still waiting for the sink's answer. Keeps the last 10,000 attempts seen; one that is forgotten is waited for
 * again. Thread-safe.
 */
final class ForeignAttempts {

    private static final int MOST = 10_000;

    private final LongSupplier nanoTime;
    private final Map<Attempt, Long> firstSeen = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Attempt, Long> eldest) {
            return size() > MOST;
        }
    };

    /** @param owner the other run */
    record Attempt(ResultKey key, String sink, String owner, Instant beganAt) {
    }

    ForeignAttempts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Zero if it is seen for the first time. */
    synchronized Duration knownFor(Attempt attempt) {
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(now - firstSeen.computeIfAbsent(attempt, seen -> now));
    }
}
