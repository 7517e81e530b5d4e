package io.liveresponse.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a device of a run ends, once. The labels are public: they are in the run's table. */
public enum RunEnd {
    /** At least one command began on the device; there is one result for each command. */
    RAN,
    /** The deadline passed while the action waited for the device. */
    OFFLINE,
    /** The deadline passed while the device was held by another live response. */
    BUSY,
    /** A policy forbids scripts on the device. */
    RESTRICTED,
    /** The device's operating system or sensor does not support live response. */
    UNSUPPORTED,
    /** The API refuses the action for another reason, or the action failed before a command began. */
    REFUSED,
    /** Somebody cancelled the action or the run, the run stopped, or the deadline passed before the device was started. */
    CANCELLED,
    /** Whether the action was started cannot be proved, so the device is not started again. */
    UNKNOWN;

    /** The name in lower case, e.g. {@code ran}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunEnd of(String label) {
        return label == null ? null : valueOf(label.toUpperCase(Locale.ROOT));
    }
}
