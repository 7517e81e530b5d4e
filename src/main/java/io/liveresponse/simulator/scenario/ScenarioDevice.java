package io.liveresponse.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.liveresponse.simulator.http.EndpointKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A device, and how it takes a live response. Durations are divided by the scenario's time scale.
 *
 * @param tenant          the tenant's name
 * @param machineId       40 hex digits; null for ones made from the name
 * @param computerDnsName the DNS name, needed
 * @param osPlatform      null for {@code Windows11}
 * @param tags            {@code machineTags}; null for none
 * @param refusal         why the API refuses to start anything on it; null if it does not
 * @param offline         true if it never comes online: an action stays pending until it is cancelled or its queue time ends
 * @param onlineAfter     how long after the simulator's start it comes online; null for at once
 * @param busyFor         how long after the simulator's start a session of someone else holds it; null for no time
 * @param runTime         how long a script runs on it; null for the script's own
 * @param exitCode        the exit code of every script; null for the script's own
 * @param output          the output of every script; null for the script's own
 * @param errors          the standard error of every script; null for the script's own
 * @param hangs           true if no script ends before its time-out
 * @param hashChanged     true if it refuses every script because its hash is another: exit code 323, nothing runs
 * @param failsAt         the index of the command that fails; null for none. What comes after a failed command is skipped
 * @param faults          what goes wrong with the first {@code RUN} and {@code MACHINE} calls; null for nothing
 */
public record ScenarioDevice(
        String tenant, String machineId, String computerDnsName, String osPlatform, List<String> tags, Refusal refusal, boolean offline,
        Duration onlineAfter, Duration busyFor, Duration runTime, Integer exitCode, String output, String errors, boolean hangs,
        boolean hashChanged, Integer failsAt, List<ScenarioFault> faults) {

    /** The reasons for which the API refuses to start a live response on a device. */
    public enum Refusal {
        /** Selective response actions: scripts never run here. */
        @JsonProperty("restricted") RESTRICTED(403, "DisallowedOperation",
                "The operation is not allowed on this device: security operations are restricted."),
        @JsonProperty("unsupported") UNSUPPORTED(
                400, "OsPlatformNotSupported",
                "The operating system of the device does not support live response."),
        @JsonProperty("outdated") OUTDATED(400,
                "ClientVersionNotSupported",
                "The version of the device's sensor does not support live response."),
        @JsonProperty("disabled") DISABLED(
                403, "DisabledFeature",
                "Live response is disabled for this tenant."),
        @JsonProperty("forbidden") FORBIDDEN(403,
                "Forbidden", "The application has no access to the device's group.");

        private final int status;
        private final String code;
        private final String message;

        Refusal(int status, String code, String message) {
            this.status = status;
            this.code = code;
            this.message = message;
        }

        public int status() {
            return status;
        }

        /** The API's error code. */
        public String code() {
            return code;
        }

        public String message() {
            return message;
        }
    }

    /** The tag by which restricted devices can be told apart. */
    public static final String RESTRICTED_TAG = "Restricted security operations";

    private static final Set<EndpointKind> PLACES = EnumSet.of(EndpointKind.RUN, EndpointKind.MACHINE);

    public ScenarioDevice {
        if (computerDnsName == null || tenant == null) {
            throw new IllegalArgumentException("a device needs a tenant and a computerDnsName");
        }
        machineId = machineId == null ? idOf(computerDnsName) : machineId.toLowerCase(Locale.ROOT);
        if (!machineId.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("a machineId has 40 hex digits: " + machineId);
        }
        osPlatform = osPlatform == null ? "Windows11" : osPlatform;
        tags = tags == null ? List.of() : List.copyOf(tags);
        onlineAfter = onlineAfter == null ? Duration.ZERO : onlineAfter;
        busyFor = busyFor == null ? Duration.ZERO : busyFor;
        faults = ScenarioFault.at(PLACES, faults);
    }

    /** A device that is online and runs every script as the library says. */
    public static ScenarioDevice of(String tenant, String computerDnsName) {
        return new Builder(tenant, computerDnsName).build();
    }

    public static Builder named(String tenant, String computerDnsName) {
        return new Builder(tenant, computerDnsName);
    }

    static String idOf(String name) {
        return DigestUtils.sha256Hex(name).substring(0, 40);
    }

    /** Not thread-safe. */
    public static final class Builder {

        private final String tenant;
        private final String name;
        private String osPlatform;
        private List<String> tags;
        private Refusal refusal;
        private boolean offline;
        private Duration onlineAfter;
        private Duration busyFor;
        private Duration runTime;
        private Integer exitCode;
        private String output;
        private boolean hangs;
        private boolean hashChanged;
        private Integer failsAt;

        private Builder(String tenant, String name) {
            this.tenant = tenant;
            this.name = name;
        }

        public Builder os(String platform) {
            osPlatform = platform;
            return this;
        }

        public Builder tags(String... all) {
            tags = List.of(all);
            return this;
        }

        public Builder refuses(Refusal why) {
            refusal = why;
            return this;
        }

        public Builder offline() {
            offline = true;
            return this;
        }

        public Builder onlineAfter(Duration time) {
            onlineAfter = time;
            return this;
        }

        public Builder busyFor(Duration time) {
            busyFor = time;
            return this;
        }

        public Builder runTime(Duration time) {
            runTime = time;
            return this;
        }

        public Builder exitCode(int code) {
            exitCode = code;
            return this;
        }

        public Builder output(String text) {
            output = text;
            return this;
        }

        public Builder hangs() {
            hangs = true;
            return this;
        }

        public Builder hashChanged() {
            hashChanged = true;
            return this;
        }

        public Builder failsAt(int commandIndex) {
            failsAt = commandIndex;
            return this;
        }

        public ScenarioDevice build() {
            return new ScenarioDevice(tenant, null, name, osPlatform, tags, refusal, offline, onlineAfter, busyFor, runTime, exitCode,
                    output, null, hangs, hashChanged, failsAt, null);
        }
    }
}
