package io.liveresponse.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;

/** How fast requests end at this node of late. Not thread-safe. */
final class Pace {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Queue<Long> ends = new ArrayDeque<>();
    private final int most;
    private final LongSupplier nanoTime;

    /**
     * @param most     counts no more than that
     * @param nanoTime the monotonic clock, in nanoseconds
     */
    Pace(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    void ended() {
        ends.add(nanoTime.getAsLong());
        if (ends.size() > most) {
            ends.remove();
        }
    }

    /** How many ended within the last second. */
    int perSecond() {
        long now = nanoTime.getAsLong();
        while (!ends.isEmpty() && now - ends.element() > SECOND) {
            ends.remove();
        }
        return ends.size();
    }
}
