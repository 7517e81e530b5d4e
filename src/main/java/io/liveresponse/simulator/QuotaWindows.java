package io.liveresponse.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Two rolling windows for each tenant and kind of call. A refused call uses nothing. Thread-safe. */
final class QuotaWindows {

    private final Clock clock;
    private final SimulatorQuota quota;
    private final Map<String, Deque<Instant>> calls = new HashMap<>();

    QuotaWindows(Clock clock, SimulatorQuota quota) {
        this.clock = clock;
        this.quota = quota;
    }

    /** Takes one call's room; where there is none, says how long until there is. */
    synchronized Optional<Duration> take(EndpointKind kind, String tenant) {
        Instant now = clock.instant();
        Deque<Instant> taken = calls.computeIfAbsent(kind + " " + tenant, name -> new ArrayDeque<>());
        while (!taken.isEmpty() && !taken.peekFirst().isAfter(now.minus(longest()))) {
            taken.removeFirst();
        }
        Duration wait = longer(
                wait(taken, quota.perMinute(), quota.minutePeriod(), now), wait(taken, quota.perHour(), quota.hourPeriod(), now));
        if (wait.isZero()) {
            taken.addLast(now);
            return Optional.empty();
        }
        return Optional.of(wait);
    }

    private Duration longest() {
        return longer(quota.minutePeriod(), quota.hourPeriod());
    }

    /** Zero where fewer than {@code limit} calls lie in the window; else until the limit-th last one leaves it. */
    private static Duration wait(Deque<Instant> taken, int limit, Duration window, Instant now) {
        if (taken.size() < limit) {
            return Duration.ZERO;
        }
        Instant nthLast = taken.stream().skip(taken.size() - (long) limit).findFirst().orElseThrow();
        Duration left = Duration.between(now, nthLast.plus(window));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
