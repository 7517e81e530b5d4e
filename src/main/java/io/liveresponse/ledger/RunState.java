package io.liveresponse.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a run. The labels are public. */
public enum RunState {
    RUNNING,
    /** Every device has ended, and every result is settled. */
    FINISHED,
    /** As finished, after somebody cancelled the run. */
    CANCELLED;

    /** The name in lower case, e.g. {@code running}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
