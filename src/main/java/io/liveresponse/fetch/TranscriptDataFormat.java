package io.liveresponse.fetch;

import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.SpooledBlob;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Unmarshals a {@link SpooledBlob} to the {@link Result} of the request in {@code liveResponseRequest}. It streams from the spool, so
 * memory does not grow with the blob; a file from GetFile passes through as it is. Thread-safe.
 */
public final class TranscriptDataFormat extends ServiceSupport implements DataFormat {

    private final ResultReader results;

    public TranscriptDataFormat(ResultReader results) {
        this.results = results;
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) {
        throw new UnsupportedOperationException("a transcript is only read");
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) {
        throw new UnsupportedOperationException("a transcript is read from the spool, not from a stream");
    }

    /** @throws LiveResponseException BLOB_NOT_STORED if the disk does not give the bytes back */
    @Override
    public Result unmarshal(Exchange exchange, Object body) throws LiveResponseException {
        return results.read((SpooledBlob) body, exchange.getVariable(FetchVariables.REQUEST, Request.class));
    }
}
