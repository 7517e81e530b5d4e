package io.liveresponse.worker;

import io.liveresponse.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The worker's settings, read once at startup.
 *
 * @param concurrency how many requests are worked on at once
 * @param quotaKeys   the tenant id of each configured tenant, by its name; requests of others are left to the nodes that know them
 * @param retry       when a failed request is tried again
 * @param staleAfter  from when the effect of another run's call of a ticket system can be looked up: its time-out plus the search's lag
 */
record WorkerSettings(int concurrency, Map<String, String> quotaKeys, RetryPlan retry, Duration staleAfter) {

    WorkerSettings {
        quotaKeys = Map.copyOf(quotaKeys);
    }

    /** @throws io.liveresponse.settings.InvalidSettingException if a setting is malformed */
    static WorkerSettings of(Settings settings) {
        return new WorkerSettings(settings.integer("live-response.worker.concurrency"), settings.quotaKeys(), RetryPlan.of(settings),
                Duration.ofMillis(Stream
                        .of("live-response.http.connect-timeout", "live-response.http.response-timeout",
                                "live-response.deliver.ticket.settle-time")
                        .mapToLong(settings::integer).sum()));
    }
}
