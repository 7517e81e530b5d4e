package io.liveresponse.cli;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Replaces another endpoint: reports what is sent there, and passes it on only to the envelope of a sink. Thread-safe. */
final class DryRunEndpoint extends DefaultEndpoint {

    static final String ENVELOPE = "direct:live-response-to-";
    static final String SENDING = "direct:live-response-deliver-";

    private final Endpoint original;
    private final String address;
    private final java.util.function.Consumer<String> calls;

    private DryRunEndpoint(Endpoint original, String address, java.util.function.Consumer<String> calls) {
        super(original.getEndpointUri(), null);
        setCamelContext(original.getCamelContext());
        this.original = original;
        this.address = address;
        this.calls = calls;
    }

    /**
     * Replaces all endpoints but {@code direct:}, and of those the envelope and the sending part of each sink.
     *
     * @param calls gets the address of each call, without options
     */
    static Endpoint inPlaceOf(Endpoint endpoint, java.util.function.Consumer<String> calls) {
        String address = address(endpoint.getEndpointUri());
        boolean kept = address.startsWith("direct:") && !address.startsWith(ENVELOPE) && !address.startsWith(SENDING);
        return kept || endpoint instanceof DryRunEndpoint ? endpoint : new DryRunEndpoint(endpoint, address, calls);
    }

    static String address(String uri) {
        return uri.replaceFirst("^direct://", "direct:").replaceFirst("\\?.*", "");
    }

    @Override
    public Producer createProducer() throws Exception {
        Producer envelope = address.startsWith(ENVELOPE) ? original.createProducer() : null;
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                calls.accept(address);
                if (envelope != null) {
                    envelope.process(exchange);
                }
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        return original.createConsumer(processor);
    }
}
