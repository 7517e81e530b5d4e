package io.liveresponse.rows;

import io.liveresponse.model.LiveResponseException;
import org.apache.camel.Exchange;

/**
 * Microsoft's Logs Ingestion API, version 2023-01-01: a JSON array of at most 1 MB, answered by 204. Thread-safe.
 */
public final class SentinelRows {

    private final RowSinkLogin login;

    public SentinelRows(RowSinkLogin login) {
        this.login = login;
    }

    /**
     * Reads the endpoint's answer to a batch.
     *
     * @throws RowSinkException if the endpoint does not take the batch
     */
    public void accepted(Exchange exchange) throws RowSinkException, LiveResponseException {
        int status = SinkAnswers.status(exchange);
        if (status == 413 || status == 400 && SinkAnswers.json(exchange).path("error").path("code").asText().contains("Payload")) {
            throw RowSinkException.refused(SinkAnswers.told(exchange), SinkAnswers.batch(exchange));
        }
        if (status == 401) {
            login.refused();
        }
        if (status < 200 || status > 299) {
            throw RowSinkException.passing(SinkAnswers.told(exchange));
        }
    }
}
