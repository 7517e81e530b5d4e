package io.liveresponse.ledger;

import io.liveresponse.settings.Settings;
import java.time.Duration;
import java.util.Map;

/**
 * How many API calls of one kind a tenant may make. The periods are padded, so that a call which reaches the wire a moment after it
 * was counted still falls into no true minute or hour with too many others.
 *
 * @param perMinute    calls in any {@code minutePeriod}; above 0
 * @param minutePeriod the minute, padded
 * @param perHour      calls in any {@code hourPeriod}; above 0
 * @param hourPeriod   the hour, padded
 */
public record Quota(int perMinute, Duration minutePeriod, int perHour, Duration hourPeriod) {

    /** The quota of each kind of call. */
    public static Map<CallKind, Quota> perKind(Settings settings) {
        Quota reading = of(settings);
        return Map.of(CallKind.LINK, reading, CallKind.ACTION, reading, CallKind.RUN, ofRuns(settings));
    }

    /** Starts of live responses, of which the API names no quota by the hour. */
    private static Quota ofRuns(Settings settings) {
        Duration period = settings.duration("live-response.run.minute-period");
        return new Quota(settings.integer("live-response.run.per-minute"), period, Integer.MAX_VALUE, period);
    }

    /** @throws io.liveresponse.settings.InvalidSettingException where a {@code live-response.quota.} setting is malformed */
    public static Quota of(Settings settings) {
        return new Quota(
                settings.integer("live-response.quota.per-minute"), settings.duration("live-response.quota.minute-period"),
                settings.integer("live-response.quota.per-hour"), settings.duration("live-response.quota.hour-period"));
    }
}
