package io.liveresponse.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * How much of a quota of API calls is used.
 *
 * @param inMinute calls in the rolling minute, of {@code quota.perMinute()}
 * @param inHour   calls in the rolling hour, of {@code quota.perHour()}
 * @param roomAt   when the next call is allowed; null if now
 */
public record QuotaUse(Quota quota, int inMinute, int inHour, Instant roomAt) {

    /**
     * When a backlog of calls is done at the earliest, if nothing but the quota holds it back: what the hour has room for at the
     * minute's pace, the rest at the hour's.
     *
     * @param calls at least 0
     * @return null if there is no backlog
     */
    public Instant done(long calls, Instant now) {
        if (calls <= 0) {
            return null;
        }
        long atOnce = Math.min(calls, Math.max(0, quota.perHour() - inHour));
        long beyondMinute = Math.max(0, atOnce - Math.max(0, quota.perMinute() - inMinute));
        Duration burst = quota.minutePeriod().multipliedBy(beyondMinute).dividedBy(quota.perMinute());
        Duration sustained = quota.hourPeriod().multipliedBy(calls - atOnce).dividedBy(quota.perHour());
        Instant start = roomAt == null ? now : roomAt;
        return start.plus(burst).plus(sustained);
    }
}
