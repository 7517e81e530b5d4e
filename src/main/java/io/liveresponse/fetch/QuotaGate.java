package io.liveresponse.fetch;

import io.liveresponse.failure.FailureCode;
import io.liveresponse.failure.LiveResponseException;
import io.liveresponse.result.ResultKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Keeps a tenant that was answered 429 from calling until its pause is over, for all threads of this process. How many
 * calls fit into a window is the business of the two throttles. Thread-safe.
 */
public final class QuotaGate implements Processor {

    private final Map<String, Instant> pausedUntil = new ConcurrentHashMap<>();
    private final Clock clock;

    public QuotaGate(Clock clock) {
        this.clock = clock;
    }

    /** @throws LiveResponseException LINK_QUOTA_EXCEEDED, with the rest of the pause, where the tenant is paused */
    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        ResultKey key = exchange.getVariable(FetchVariables.KEY, ResultKey.class);
        Instant until = pausedUntil.getOrDefault(key.tenant(), Instant.MIN);
        Instant now = clock.instant();
        if (now.isBefore(until)) {
            throw new LiveResponseException(FailureCode.LINK_QUOTA_EXCEEDED,
                    "tenant " + key.tenant() + " pauses until " + until + "; " + key + " waits", null, Duration.between(now, until));
        }
    }

    /** Begins a pause or makes it longer; never shorter. */
    public void pause(String tenant, Duration pause) {
        pausedUntil.merge(tenant, clock.instant().plus(pause), (old, asked) -> asked.isAfter(old) ? asked : old);
    }
}
