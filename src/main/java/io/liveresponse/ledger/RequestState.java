package io.liveresponse.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a request stands. The labels are public: they are in the ledger, in JSON and in metrics. */
public enum RequestState {
    /** To be worked on, now or from a given time on. */
    DUE,
    /** Claimed by a node until its lease ends. */
    CLAIMED,
    /** Ended well: every sink its outcome asks for has it. */
    DELIVERED,
    /** Ended badly, with stage, code and reason; can be replayed. */
    DEAD;

    /** The name in lower case. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RequestState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
