package io.liveresponse.simulator.api;

import java.time.Duration;

/**
 * The API's two rolling windows, for each tenant and kind of call. These are the true windows that a caller is judged by,
 * without any padding.
 */
public record SimulatorQuota(int perMinute, Duration minutePeriod, int perHour, Duration hourPeriod) {

    /** What Microsoft documents: 100 a minute and 1,500 an hour. */
    public static final SimulatorQuota DOCUMENTED = new SimulatorQuota(100, Duration.ofMinutes(1), 1_500, Duration.ofHours(1));

    /** One window only. */
    public static SimulatorQuota of(int calls, Duration period) {
        return new SimulatorQuota(calls, period, Integer.MAX_VALUE, period);
    }

    public SimulatorQuota {
        if (perMinute < 1 || perHour < 1) {
            throw new IllegalArgumentException("a window holds at least one call");
        }
    }
}
