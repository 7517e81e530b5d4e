package io.liveresponse.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can happen to a request. The labels are public: they are in the timeline. */
public enum EventKind {
    ACCEPTED,
    /** A node has taken it; the detail is the lease's owner. */
    CLAIMED,
    /** The node did not settle it in time; the detail is who that was. */
    LEASE_ENDED,
    /** The node gave it back while shutting down; the detail is who that was. */
    RELEASED,
    /** The API is asked for a download link; this counts against the quota. */
    LINK_CALL,
    /** The bytes are here and understood; the detail is the outcome. */
    FETCHED,
    /** One sink has it; the detail is the sink and its own reference. */
    SINK_DELIVERED,
    /** All sinks have it. */
    DELIVERED,
    /** It failed and will be tried again; the detail is the code and the reason. */
    RETRY,
    /** It has to wait, without having failed; the detail says for what. */
    POSTPONED,
    /** It failed for good; the detail is the code and the reason. */
    DEAD,
    /** A person asked for it once more; the detail says how. */
    REPLAYED;

    /** The kebab-case name, e.g. {@code link-call}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static EventKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
