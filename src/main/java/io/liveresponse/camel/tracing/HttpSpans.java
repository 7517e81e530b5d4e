package io.liveresponse.camel.tracing;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.decorators.HttpSpanDecorator;

/** Spans of HTTP calls without what is secret in the bundle's addresses. Found by camel-telemetry, if the host has it; thread-safe. */
public final class HttpSpans extends HttpSpanDecorator {

    @Override
    protected String getHttpURL(Exchange exchange, Endpoint endpoint) {
        return SpanAddress.of(super.getHttpURL(exchange, endpoint), endpoint);
    }
}
