package io.liveresponse.model;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The end of a run, routed like a result; {@code ${body.run}} tells them apart. Its JSON is the table's. Immutable.
 *
 * @param key     the tenant, the run's id and 0
 * @param outcome succeeded if every device ran and succeeded, else failed
 */
public record RunResult(ResultKey key, Outcome outcome, @JsonValue RunTable run) implements Deliverable {

    /** Null: a run has no exit code of its own. */
    public Integer exitCode() {
        return null;
    }

    public String scriptName() {
        return run.script();
    }

    /** Nothing is known of a single action. */
    public ActionFacts action() {
        return ActionFacts.UNKNOWN;
    }

    public String tenant() {
        return key.tenant();
    }
}
