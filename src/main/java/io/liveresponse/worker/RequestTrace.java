package io.liveresponse.worker;

import io.liveresponse.ledger.RequestRecord;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Gives all attempts at a request, on whatever node, one trace: sets the header {@code traceparent} of W3C Trace Context, whose trace id
 * is the first half of the SHA-256 of the request's key. A tracer takes it as the parent; without one nothing reads it. Thread-safe.
 */
public final class RequestTrace implements Processor {

    private static final String HEADER = "traceparent";
    private static final int TRACE_ID = 32;
    private static final int SPAN_ID = 16;

    /** The body is the claimed {@link RequestRecord}. */
    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setHeader(HEADER, of(exchange.getMessage().getBody(RequestRecord.class).key().toString()));
    }

    /** @param key a request's key as text */
    static String of(String key) {
        String digest = DigestUtils.sha256Hex(key);
        return "00-" + digest.substring(0, TRACE_ID) + "-" + digest.substring(TRACE_ID, TRACE_ID + SPAN_ID) + "-01";
    }
}
