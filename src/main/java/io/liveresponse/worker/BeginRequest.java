package io.liveresponse.worker;

import io.liveresponse.fetch.FetchVariables;
import io.liveresponse.fetch.ResultReader;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Begins the work on a claimed request: the body becomes the request to fetch or, where nothing is left to fetch, the result
 * as it was. Where another node's disk has the bytes they are fetched once more. Thread-safe.
 */
public final class BeginRequest implements Processor {

    private final KeptResults kept;

    public BeginRequest(ResultReader results) {
        this.kept = new KeptResults(results);
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        RequestRecord record = exchange.getMessage().getBody(RequestRecord.class);
        exchange.setVariable(WorkerVariables.LEASE, record);
        Request request = Request.of(record.key().tenant(), record.key().machineActionId(),
                record.key().wholeAction() ? null : record.key().commandIndex(), record.action());
        boolean fetched = KeptResults.isHere(record);
        exchange.setVariable(WorkerVariables.FETCHED, fetched);
        exchange.setVariable(FetchVariables.REQUEST, request);
        exchange.setVariable(FetchVariables.KEY, record.key());
        exchange.getMessage().setBody(fetched ? kept.read(record, request) : request);
    }
}
