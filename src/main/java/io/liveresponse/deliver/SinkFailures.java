package io.liveresponse.deliver;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/**
 * Lets every sink have its turn and then throws one exception that names all that failed. Its code and verdict are those of a
 * failure that may recover, if there is one: sinks that have the result are skipped by the next attempt. Which failures may
 * recover is the verdict of the failure policy. Thread-safe.
 */
public final class SinkFailures implements AggregationStrategy {

    private final SinkStates states;

    /** @param states is told of each sink's turn */
    public SinkFailures(SinkStates states) {
        this.states = states;
    }

    @Override
    public Exchange aggregate(Exchange earlier, Exchange latest) {
        note(latest);
        if (earlier == null || latest.getException() == null) {
            return earlier == null ? latest : earlier;
        }
        if (earlier.getException() == null) {
            copyFailure(latest, earlier);
            return earlier;
        }
        LiveResponseException one = named(earlier.getException());
        LiveResponseException other = named(latest.getException());
        boolean latestDecides = mayRecover(latest) && !mayRecover(earlier);
        LiveResponseException decisive = latestDecides ? other : one;
        if (latestDecides) {
            copyFailure(latest, earlier);
        }
        earlier.setException(new LiveResponseException(decisive.getCode(), one.getMessage() + "; " + other.getMessage(),
                decisive.getTarget().orElse(null), longer(one, other)));
        return earlier;
    }

    /** Each sink is served on an exchange of its own; the worker reads verdict and sink on the first one's. */
    private static void copyFailure(Exchange from, Exchange to) {
        to.setVariable(Verdict.VARIABLE, from.getVariable(Verdict.VARIABLE));
        to.setVariable(DeliverVariables.SINK, from.getVariable(DeliverVariables.SINK));
        to.setException(from.getException());
    }

    /** A sink that is not set up, or that already had the result, leaves no reference and was not called. */
    private void note(Exchange turn) {
        String sink = turn.getVariable(DeliverVariables.SINK, String.class);
        if (sink != null && turn.getException() != null && mayRecover(turn)) {
            states.failed(sink, named(turn.getException()));
        } else if (sink != null && turn.getException() == null && turn.getVariable(DeliverVariables.REFERENCE) != null) {
            states.served(sink);
        }
    }

    private static boolean mayRecover(Exchange turn) {
        String verdict = turn.getVariable(Verdict.VARIABLE, String.class);
        return verdict != null && !verdict.equals(Verdict.DEAD.label());
    }

    /** Each sink's own wish to be left alone is kept; a retry calls all that have not yet been served. */
    private static Duration longer(LiveResponseException one, LiveResponseException other) {
        return Stream.of(one, other).map(LiveResponseException::getRetryAfter).flatMap(Optional::stream).max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static LiveResponseException named(Exception thrown) {
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        return named != null
                ? named
                : new LiveResponseException(FailureCode.UNEXPECTED, "a sink's route failed with " + thrown.getClass().getName());
    }
}
