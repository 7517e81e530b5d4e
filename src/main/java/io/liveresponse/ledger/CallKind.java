package io.liveresponse.ledger;

import java.util.Locale;

/** What an API call is for. The API counts each kind by itself, so each has a quota of its own. */
public enum CallKind {
    /** Asks for a result's download link. */
    LINK,
    /** Asks for an action, or for a list of them. */
    ACTION,
    /** Starts a live response. */
    RUN;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
