package io.liveresponse.worker;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/** The readiness of one thing that the worker needs. A restart would fix none of it, so liveness is not affected. Thread-safe. */
public final class Readiness implements HealthCheck {

    private final String id;
    private final Supplier<Optional<String>> fault;
    private final BooleanSupplier down;
    private volatile boolean enabled = true;

    private Readiness(String id, Supplier<Optional<String>> fault, BooleanSupplier down) {
        this.id = id;
        this.fault = fault;
        this.down = down;
    }

    /**
     * Down while something keeps the work from going on.
     *
     * @param fault why, for an operator's eyes and free of secrets; empty where it goes on
     */
    public static Readiness down(String id, Supplier<Optional<String>> fault) {
        return new Readiness(id, fault, () -> true);
    }

    /** Up all the same, with the reason told. */
    public static Readiness degraded(String id, Supplier<Optional<String>> fault) {
        return degraded(id, fault, () -> false);
    }

    /**
     * Up all the same, with the reason told, since what is degraded is no reason to refuse requests; down only if nothing goes on.
     *
     * @param standstill whether nothing goes on; asked only while there is a fault
     */
    public static Readiness degraded(String id, Supplier<Optional<String>> fault, BooleanSupplier standstill) {
        return new Readiness(id, fault, standstill);
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this).up();
        fault.get().ifPresent(reason -> {
            boolean isDown = down.getAsBoolean();
            (isDown ? result.down() : result).message(isDown ? reason : "degraded: " + reason);
        });
        return result.build();
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
