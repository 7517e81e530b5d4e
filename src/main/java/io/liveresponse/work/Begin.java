package io.liveresponse.work;

import io.liveresponse.blob.SpooledBlob;
import io.liveresponse.failure.LiveResponseException;
import io.liveresponse.fetch.FetchVariables;
import io.liveresponse.fetch.ResultReader;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.request.Request;
import io.liveresponse.result.Result;
import io.liveresponse.transcript.CapturedText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Begins the work on a claimed request: the body becomes the request to fetch or, where nothing is left to fetch, the result
 * as it was. Thread-safe.
 */
public final class Begin implements Processor {

    private final ResultReader results;

    public Begin(ResultReader results) {
        this.results = results;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        RequestRecord record = exchange.getMessage().getBody(RequestRecord.class);
        exchange.setVariable(WorkVariables.LEASE, record);
        Request request = Request.of(record.key().tenant(), record.key().machineActionId(), record.key().commandIndex(), record.action());
        boolean fetched = record.fetched() != null && isHere(record.fetched());
        exchange.setVariable(WorkVariables.FETCHED, fetched);
        exchange.setVariable(FetchVariables.REQUEST, request);
        exchange.setVariable(FetchVariables.KEY, record.key());
        exchange.getMessage().setBody(fetched ? again(record.fetched(), request) : request);
    }

    /** Another node's spool may be on another machine; then the bytes are fetched once more. */
    private static boolean isHere(FetchedFacts facts) {
        return facts.spoolPath() == null || Files.isReadable(Path.of(facts.spoolPath()));
    }

    private Result again(FetchedFacts facts, Request request) throws LiveResponseException {
        if (facts.spoolPath() == null) {
            return new Result(request.key(), facts.outcome(), facts.exitCode(), facts.scriptName(), CapturedText.EMPTY,
                    CapturedText.EMPTY, null, request.action(), null);
        }
        return results.read(SpooledBlob.kept(Path.of(facts.spoolPath()), facts.sha256(), facts.sizeBytes(),
                facts.offeredFileName(), facts.receivedAt()), request);
    }
}
