package io.liveresponse.deliver;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/**
 * Lets every sink have its turn and then says which failed. One that may recover decides over one that will not: what is
 * delivered or dead is not asked again, so retrying the result retries that sink alone. Thread-safe.
 */
public final class SinkFailures implements AggregationStrategy {

    private static final Set<FailureCode> PASSING = EnumSet.of(
            FailureCode.DELIVERY_UNAVAILABLE, FailureCode.DELIVERY_NOT_STORED, FailureCode.LEDGER_UNAVAILABLE);

    private final SinkStates states;

    /** @param states is told of each sink's turn */
    public SinkFailures(SinkStates states) {
        this.states = states;
    }

    @Override
    public Exchange aggregate(Exchange earlier, Exchange latest) {
        note(latest);
        if (earlier == null) {
            return latest;
        }
        if (isDecisive(earlier.getException(), latest.getException())) {
            // Each sink is served on an exchange of its own; the worker reads the verdict on the first one's.
            earlier.setVariable(DeliverVariables.VERDICT, latest.getVariable(DeliverVariables.VERDICT));
            earlier.setVariable(DeliverVariables.SINK, latest.getVariable(DeliverVariables.SINK));
        }
        earlier.setException(worse(earlier.getException(), latest.getException()));
        return earlier;
    }

    /** A sink that is not set up, or that had the result before, left no reference and was not asked. */
    private void note(Exchange turn) {
        String sink = turn.getVariable(DeliverVariables.SINK, String.class);
        if (turn.getException() != null) {
            states.failed(sink, named(turn.getException()));
        } else if (turn.getVariable(DeliverVariables.REFERENCE) != null) {
            states.served(sink);
        }
    }

    private static boolean isDecisive(Exception one, Exception other) {
        return other != null && (one == null || PASSING.contains(named(other).getCode()));
    }

    private static Exception worse(Exception one, Exception other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        LiveResponseException a = named(one);
        LiveResponseException b = named(other);
        LiveResponseException decisive = isDecisive(one, other) ? b : a;
        return new LiveResponseException(decisive.getCode(), a.getMessage() + "; " + b.getMessage(),
                decisive.getTarget().orElse(null), longer(a, b));
    }

    /** Each sink's own wish to be left alone is kept; a retry asks all that have not yet been served. */
    private static Duration longer(LiveResponseException a, LiveResponseException b) {
        return Stream.of(a, b).map(LiveResponseException::getRetryAfter).flatMap(Optional::stream).max(Comparator.naturalOrder()).orElse(null);
    }

    private static LiveResponseException named(Exception thrown) {
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        return named != null ? named
                : new LiveResponseException(FailureCode.UNEXPECTED, "a sink's route failed with " + thrown.getClass().getName());
    }
}
