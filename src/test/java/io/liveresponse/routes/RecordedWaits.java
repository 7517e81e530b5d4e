package io.liveresponse.routes;

import io.liveresponse.simulator.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Camel's redelivery waits, written down instead of waited for: each moves the clock on and goes on at once. */
final class RecordedWaits extends ScheduledThreadPoolExecutor {

    private static final int THREADS = 4;

    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final SettableClock clock;

    RecordedWaits(SettableClock clock) {
        super(THREADS);
        this.clock = clock;
    }

    List<Duration> all() {
        return waits;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Duration wait = Duration.ofNanos(unit.toNanos(delay));
        waits.add(wait);
        clock.advance(wait);
        return super.schedule(task, 0, unit);
    }
}
