package io.liveresponse.routes;

import io.liveresponse.simulator.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;

/** Camel's redelivery waits, written down instead of waited for: each moves the clock on and goes on at once. */
final class RecordedWaits extends DefaultThreadPoolFactory {

    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final SettableClock clock;

    RecordedWaits(SettableClock clock) {
        this.clock = clock;
    }

    List<Duration> all() {
        return waits;
    }

    @Override
    public ScheduledExecutorService newScheduledThreadPool(ThreadPoolProfile profile, ThreadFactory factory) {
        return new ScheduledThreadPoolExecutor(4, factory) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                return super.schedule(task, passed(task, delay, unit), unit);
            }

            @Override
            public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
                return super.schedule(task, passed(task, delay, unit), unit);
            }
        };
    }

    /** @return how long it is truly waited: throttles use the same kind of pool, and are let be */
    private long passed(Object task, long delay, TimeUnit unit) {
        if (task.getClass().getName().contains("Throttler")) {
            return delay;
        }
        Duration wait = Duration.ofNanos(unit.toNanos(delay));
        waits.add(wait);
        clock.advance(wait);
        return 0;
    }
}
