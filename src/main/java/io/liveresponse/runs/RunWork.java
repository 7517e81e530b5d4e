package io.liveresponse.runs;

import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Plural;
import io.liveresponse.runs.RunPreparation.Started;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records runs, and tells of them. Thread-safe. */
public final class RunWork {

    private static final Logger LOG = LoggerFactory.getLogger(RunWork.class);

    private final RunLedger runs;

    public RunWork(RunLedger runs) {
        this.runs = runs;
    }

    /** Records the run, once. When this returns, it is committed. */
    public Started start(@Body RunPlan plan) {
        Started started = RunPreparation.start(plan, runs);
        if (started.fresh()) {
            LOG.info("run {} starts on {} of {}; the last start is not before {}", started.run(), Plural.of(started.devices(), "device"),
                    plan.run().tenant(),
                    started.estimate().startTime());
        } else {
            LOG.warn("run {} is known already, so nothing is started; for another run give it an id of its own", started.run());
        }
        plan.rejected().forEach(row -> LOG.warn("run {}: row {} is left out: {}", started.run(), row.line(), row.problem()));
        return started;
    }

    /** Why an order is refused, to be marshalled to JSON. */
    public static Refused refused(@ExchangeException Exception thrown) {
        LiveResponseException failure = ObjectHelper.getException(LiveResponseException.class, thrown);
        return new Refused(failure.getCode(), failure.getMessage());
    }

    /** An order that is not a run. */
    public record Refused(FailureCode code, String reason) {
    }

    /** The run of the header {@code run}; null if there is none. */
    public RunRecord find(@Header("run") String run) {
        return Optional.ofNullable(run).flatMap(runs::find).orElse(null);
    }
}
