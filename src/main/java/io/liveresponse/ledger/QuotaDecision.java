package io.liveresponse.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether an API call may be made.
 *
 * @param granted      true if the call is counted and may go out now
 * @param grantedNanos if granted: a reading of this JVM's {@link System#nanoTime} from before the call was counted; else 0
 * @param roomAt       if not granted: the earliest time, by the ledger's clock, at which it is worth another try; else null
 * @param waitTime         if not granted: how long that is from now, above zero; else null
 */
public record QuotaDecision(boolean granted, long grantedNanos, Instant roomAt, Duration waitTime) {

    static QuotaDecision granted(long nanos) {
        return new QuotaDecision(true, nanos, null, null);
    }

    static QuotaDecision refused(Instant roomAt, Instant now) {
        return new QuotaDecision(false, 0, roomAt, Duration.between(now, roomAt));
    }

    /**
     * Whether a granted call waited longer than that for the wire, such as for a connection or a garbage collection. Then it may
     * not go out: it would fall into another window than the one that it was counted in.
     *
     * @param nanos a reading of {@link System#nanoTime} now
     */
    public boolean isOlderThan(Duration age, long nanos) {
        return nanos - grantedNanos > age.toNanos();
    }
}
