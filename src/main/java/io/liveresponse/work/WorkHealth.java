package io.liveresponse.work;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Readiness goes down while something keeps the work from going on; a restart would not help, so liveness does not. Thread-safe. */
final class WorkHealth implements HealthCheck {

    private final String id;
    private final Supplier<Optional<String>> fault;
    private volatile boolean enabled = true;

    /** @param fault why the work cannot go on, for an operator's eyes and free of secrets; empty where it can */
    WorkHealth(String id, Supplier<Optional<String>> fault) {
        this.id = id;
        this.fault = fault;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        return fault.get().map(reason -> result.down().message(reason)).orElseGet(result::up).build();
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getGroup() {
        return "live-response";
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }
}
