package io.liveresponse.worker;

import io.liveresponse.settings.Settings;
import java.util.Set;

/**
 * The worker's settings, read once at startup.
 *
 * @param concurrency how many requests are worked on at once
 * @param tenants     the configured tenants; requests of others are left to the nodes that know them
 * @param retry       when a failed request is tried again
 */
record WorkerSettings(int concurrency, Set<String> tenants, RetryPlan retry) {

    WorkerSettings {
        tenants = Set.copyOf(tenants);
    }

    /** @throws io.liveresponse.settings.InvalidSettingException if a setting is malformed */
    static WorkerSettings of(Settings settings) {
        return new WorkerSettings(settings.integer("live-response.worker.concurrency"), Set.copyOf(settings.tenants()), RetryPlan.of(settings));
    }
}
