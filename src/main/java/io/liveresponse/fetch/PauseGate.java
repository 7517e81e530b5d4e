package io.liveresponse.fetch;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gate of a host without a ledger, and of calls about actions, which the ledger does not count: pauses for all threads of this
 * process, and leaves counting to the throttles. Thread-safe.
 */
public final class PauseGate implements QuotaGate {

    private final Map<String, Instant> pausedUntil = new ConcurrentHashMap<>();
    private final FailureCode refusal;
    private final Clock clock;

    /**
     * @param refusal the code of a call that a pause refuses
     * @param clock   the machine's; pauses of one process need no database, which may be down
     */
    public PauseGate(FailureCode refusal, Clock clock) {
        this.refusal = refusal;
        this.clock = clock;
    }

    public boolean isPaused(String tenant) {
        return clock.instant().isBefore(until(tenant));
    }

    private Instant until(String tenant) {
        return pausedUntil.getOrDefault(tenant, Instant.MIN);
    }

    @Override
    public void beforeCall(ResultKey key) throws LiveResponseException {
        Instant until = until(key.tenant());
        Instant now = clock.instant();
        if (now.isBefore(until)) {
            throw new LiveResponseException(refusal,
                    "tenant " + key.tenant() + " pauses until " + until + "; " + key + " waits", null, Duration.between(now, until));
        }
    }

    @Override
    public void pause(String tenant, Duration pause) {
        pausedUntil.merge(tenant, clock.instant().plus(pause), (old, asked) -> asked.isAfter(old) ? asked : old);
    }
}
