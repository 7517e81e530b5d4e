package io.liveresponse.simulator.scenario;

import io.liveresponse.model.Outcome;
import java.util.List;
import java.util.Set;

/**
 * What the product is to make of a command.
 *
 * @param outcome  the outcome
 * @param exitCode the exit code, or null if there is none
 * @param sinks    where the result goes: {@code file}, {@code email}, {@code ticket}; null for nowhere
 */
public record Expectation(Outcome outcome, Integer exitCode, List<String> sinks) {

    private static final Set<Outcome> WITHOUT_TRANSCRIPT = Set.of(Outcome.NOT_EXECUTED, Outcome.ACTION_FAILED, Outcome.ACTION_TIMED_OUT,
            Outcome.ACTION_CANCELLED);

    public Expectation {
        sinks = sinks == null ? List.of() : List.copyOf(sinks);
    }

    /** False if the outcome is known only from the machine action, which a run by inbox alone does not look at. */
    public boolean hasTranscript() {
        return !WITHOUT_TRANSCRIPT.contains(outcome);
    }
}
