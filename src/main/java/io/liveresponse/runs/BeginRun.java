package io.liveresponse.runs;

import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.model.RunResult;
import io.liveresponse.model.RunTable;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Begins the work on a claimed request like the processor it wraps; the request of a run becomes the run's table. Thread-safe. */
public final class BeginRun implements Processor {

    private final Processor begin;
    private final RunLedger runs;
    private final RunTables tables;

    public BeginRun(Processor begin, RunLedger runs, RunTables tables) {
        this.begin = begin;
        this.runs = runs;
        this.tables = tables;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        RequestRecord record = exchange.getMessage().getBody(RequestRecord.class);
        begin.process(exchange);
        if (RunFinisher.TYPE.equals(record.action().commandType())) {
            // the type may be remote text, the run's id is not
            Optional<RunRecord> run = runs.find(record.key().machineActionId())
                    .filter(known -> known.tenant().equals(record.key().tenant()));
            run.ifPresent(known -> {
                RunTable table = tables.of(known);
                exchange.getMessage().setBody(new RunResult(record.key(), RunFinisher.outcome(table), table));
            });
        }
    }
}
