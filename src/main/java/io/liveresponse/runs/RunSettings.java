package io.liveresponse.runs;

import io.liveresponse.settings.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The settings of runs, read once. Each component but the last two is the setting of its name below {@code live-response.run.}.
 *
 * @param perHour   result calls that a tenant may make in an hour, for the estimate
 * @param quotaKeys the id of each tenant at the API by its name
 */
public record RunSettings(int perMinute, Duration minutePeriod, int sessions, int pendingBudget, Duration pendingAfter, Duration retryDelay,
        Duration lookUp, Duration deadline, int confirmAbove, boolean externalId, int perHour, Duration hourPeriod,
        Map<String, String> quotaKeys) {

    private static final String PREFIX = "live-response.run.";

    public RunSettings {
        quotaKeys = Map.copyOf(quotaKeys);
    }

    /** @throws io.liveresponse.settings.InvalidSettingException if a setting is malformed */
    public static RunSettings of(Settings settings) {
        Map<String, String> keys = new LinkedHashMap<>();
        settings.tenants().forEach(name -> keys.put(name, settings.tenant(name).tenantId().orElse(name)));
        return new RunSettings(settings.integer(PREFIX + "per-minute"), settings.duration(PREFIX + "minute-period"),
                settings.integer(PREFIX + "sessions"), settings.integer(PREFIX + "pending-budget"),
                settings.duration(PREFIX + "pending-after"),
                settings.duration(PREFIX + "retry-delay"), settings.duration(PREFIX + "look-up"), settings.duration(PREFIX + "deadline"),
                settings.integer(PREFIX + "confirm-above"), settings.flag(PREFIX + "external-id"),
                settings.integer("live-response.quota.per-hour"), settings.duration("live-response.quota.hour-period"), keys);
    }

    /** The names that share a quota, by the tenant's id at the API. */
    Map<String, List<String>> tenantsByQuota() {
        Map<String, List<String>> groups = new TreeMap<>();
        quotaKeys.forEach(
                (name, key) -> groups.merge(key, List.of(name), (one, other) -> Stream.concat(one.stream(), other.stream()).toList()));
        return groups;
    }
}
