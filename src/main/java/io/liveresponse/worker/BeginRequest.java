package io.liveresponse.worker;

import io.liveresponse.fetch.FetchVariables;
import io.liveresponse.fetch.ResultReader;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.FailureCode;
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
    private final int maxClaims;

    /** @param maxClaims how often a request may be claimed without progress */
    public BeginRequest(ResultReader results, int maxClaims) {
        this.kept = new KeptResults(results);
        this.maxClaims = maxClaims;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        RequestRecord record = exchange.getMessage().getBody(RequestRecord.class);
        exchange.setVariable(WorkerVariables.LEASE, record);
        if (record.claims() > maxClaims) {
            throw new LiveResponseException(FailureCode.REQUEST_KEEPS_FAILING, record.key() + " was claimed " + record.claims()
                    + " times without any progress: the process ended or lost its lease each time (live-response.retry.claims)");
        }
        Request request = Request.of(record.key().tenant(), record.key().machineActionId(),
                record.key().wholeAction() ? null : record.key().commandIndex(), record.action());
        boolean fetched = KeptResults.isHere(record);
        exchange.setVariable(WorkerVariables.FETCHED, fetched);
        exchange.setVariable(FetchVariables.REQUEST, request);
        exchange.setVariable(FetchVariables.KEY, record.key());
        exchange.getMessage().setBody(fetched ? kept.read(record, request) : request);
    }
}
