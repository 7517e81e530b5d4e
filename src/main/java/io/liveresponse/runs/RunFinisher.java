package io.liveresponse.runs;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.RunEnd;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Plural;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.RunTable;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends runs whose devices have ended and whose results are settled. The table becomes a request of the ledger, so that its delivery is
 * retried, dead-lettered and replayed like that of any result. Thread-safe.
 */
public final class RunFinisher {

    /** The command type of the request that stands for a run's table. */
    static final String TYPE = "Run";

    private static final Logger LOG = LoggerFactory.getLogger(RunFinisher.class);

    private final Ledger ledger;
    private final RunTables tables;
    private final RunSettings settings;

    public RunFinisher(Ledger ledger, RunTables tables, RunSettings settings) {
        this.ledger = ledger;
        this.tables = tables;
        this.settings = settings;
    }

    /** The runs that have nothing left to wait for. */
    public List<RunRecord> ended() {
        return ledger.runs().running(settings.quotaKeys().keySet()).stream()
                .filter(run -> run.waiting() == 0 && run.open() == 0 && ledger.runs().unsettled(run) == 0).toList();
    }

    /** Records the request for the table, then that the run has ended; each once, so this may be interrupted anywhere and repeated. */
    public void finish(@Body RunRecord run) {
        RunTable table = tables.of(run);
        ledger.intake().accept(new NewRequest(new ResultKey(run.tenant(), run.runId(), 0),
                new ActionFacts(TYPE, run.scriptName(), null, null, null, null, run.comment(), run.createdAt()), outcome(table)));
        boolean cancelled = run.stopReason() != null && table.ends().containsKey(RunEnd.CANCELLED.label());
        if (ledger.runs().finish(run.runId(), cancelled ? RunState.CANCELLED : RunState.FINISHED)) {
            LOG.info("run {} has ended: {}, {}", run.runId(), Plural.of(table.devices(), "device"), table.ends());
        }
    }

    static Outcome outcome(RunTable table) {
        return Map.of(Outcome.SUCCEEDED.label(), table.devices()).equals(table.outcomes()) ? Outcome.SUCCEEDED : Outcome.FAILED;
    }
}
