package io.liveresponse.ledger;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import java.util.Objects;

/**
 * A request as an intake submits it.
 *
 * @param key     which result, or {@link ResultKey#WHOLE_ACTION which action}; not null, already validated
 * @param action  what the intake knows of the action; not null
 * @param outcome where it is already known that there is nothing to fetch (the command was not executed, the action ended
 *                without a transcript), else null
 */
public record NewRequest(ResultKey key, ActionFacts action, Outcome outcome) {

    public NewRequest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(action, "action");
    }

    /** A request of which only the key is known. */
    public static NewRequest of(ResultKey key) {
        return new NewRequest(key, ActionFacts.UNKNOWN, null);
    }
}
