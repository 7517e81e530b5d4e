package io.liveresponse.simulator.api;

import io.liveresponse.simulator.http.EndpointKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Two rolling windows for each tenant and kind of call. A refused call uses nothing. Thread-safe. */
public final class QuotaWindows {

    private final Clock clock;
    private final SimulatorQuota usual;
    private final SimulatorQuota runs;
    private final Map<String, Deque<Instant>> calls = new HashMap<>();

    /** @param runs the windows for run calls */
    public QuotaWindows(Clock clock, SimulatorQuota usual, SimulatorQuota runs) {
        this.clock = clock;
        this.usual = usual;
        this.runs = runs;
    }

    /** Takes one call's room; if there is none, says how long until there is. */
    synchronized Optional<Duration> take(EndpointKind kind, String tenant) {
        Instant now = clock.instant();
        SimulatorQuota quota = of(kind);
        Deque<Instant> taken = calls.computeIfAbsent(kind + " " + tenant, name -> new ArrayDeque<>());
        while (!taken.isEmpty() && !taken.peekFirst().isAfter(now.minus(longer(quota.minutePeriod(), quota.hourPeriod())))) {
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

    /** The windows for calls of this kind. */
    SimulatorQuota of(EndpointKind kind) {
        return kind == EndpointKind.RUN ? runs : usual;
    }

    /** Zero if fewer than {@code limit} calls lie in the window; else until the limit-th last one leaves it. */
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
