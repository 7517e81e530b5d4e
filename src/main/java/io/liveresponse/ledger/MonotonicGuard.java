package io.liveresponse.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds what this process calls within a window of real time, whatever the ledger's clock does: a clock that jumps ahead
 * empties the ledger's windows at once, but not these. While the clocks agree this guard refuses nothing that the ledger grants.
 * Takes about 2 KB for each quota in use, however large the quota. Thread-safe.
 */
final class MonotonicGuard {

    private final Map<String, Windows> used = new ConcurrentHashMap<>();
    private final Quota quota;

    MonotonicGuard(Quota quota) {
        this.quota = quota;
    }

    /**
     * Counts a call, or says how long there is no room for it.
     *
     * @param nanos a reading of the monotonic clock
     * @return zero if the call is counted
     */
    Duration take(String quotaKey, long nanos) {
        return used.computeIfAbsent(quotaKey, key -> new Windows(quota)).take(nanos);
    }

    private static final class Windows {

        private final Window minute;
        private final Window hour;

        Windows(Quota quota) {
            this.minute = new Window(quota.perMinute(), quota.minutePeriod());
            this.hour = new Window(quota.perHour(), quota.hourPeriod());
        }

        synchronized Duration take(long nanos) {
            long wait = Math.max(minute.nanosUntilRoom(nanos), hour.nanosUntilRoom(nanos));
            if (wait == 0) {
                minute.add();
                hour.add();
            }
            return Duration.ofNanos(wait);
        }
    }

    /** A window in slots. A call is kept for 254 to 255 of 256 parts of the padded period, so longer than for the true one. */
    private static final class Window {

        private static final int PARTS = 256;
        private static final int SLOTS = PARTS - 1;

        private final int[] calls = new int[SLOTS];
        private final int limit;
        private final long slotNanos;
        private long newest = Long.MIN_VALUE;
        private long total;

        Window(int limit, Duration period) {
            this.limit = limit;
            this.slotNanos = period.toNanos() / PARTS;
        }

        long nanosUntilRoom(long nanos) {
            advanceTo(Math.floorDiv(nanos, slotNanos));
            long left = total;
            for (long oldest = newest - SLOTS + 1; left >= limit; oldest++) {
                left -= calls[index(oldest)];
                if (left < limit) {
                    return (oldest + SLOTS) * slotNanos - nanos;
                }
            }
            return 0;
        }

        void add() {
            calls[index(newest)]++;
            total++;
        }

        private void advanceTo(long slot) {
            long first = newest == Long.MIN_VALUE ? slot - SLOTS + 1 : Math.max(newest + 1, slot - SLOTS + 1);
            for (long empty = first; empty <= slot; empty++) {
                total -= calls[index(empty)];
                calls[index(empty)] = 0;
            }
            newest = Math.max(newest, slot);
        }

        private static int index(long slot) {
            return Math.floorMod(slot, SLOTS);
        }
    }
}
