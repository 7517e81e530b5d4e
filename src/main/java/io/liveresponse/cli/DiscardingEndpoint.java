package io.liveresponse.cli;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Stands where another endpoint would be, takes what is sent there and does nothing with it. */
final class DiscardingEndpoint extends DefaultEndpoint {

    private DiscardingEndpoint(Endpoint other) {
        super(other.getEndpointUri(), null);
        setCamelContext(other.getCamelContext());
    }

    /** All but {@code direct:} are deaf; of those, the one that hands a result to the sinks is. */
    static Endpoint inPlaceOf(String uri, Endpoint endpoint) {
        String plain = uri.replaceFirst("^direct://", "direct:");
        boolean hears = plain.startsWith("direct:") && !plain.startsWith("direct:live-response-deliver-result");
        return hears || endpoint instanceof DiscardingEndpoint ? endpoint : new DiscardingEndpoint(endpoint);
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                // That is the point.
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("nothing comes from " + getEndpointUri());
    }
}
