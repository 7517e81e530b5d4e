package io.liveresponse.deliver.ticket;

import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.deliver.Deliveries;
import io.liveresponse.fetch.http.ApiHttpClient;
import io.liveresponse.model.Deliverable;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The last step before a call that opens or changes a ticket: renews the lease and the mark of the attempt, and stamps the call, so that
 * {@link ApiHttpClient} does not send it more than a second later. A run that was suspended after its lookup sends nothing, since another
 * may have opened the ticket meanwhile. Lookups pass, and so do the calls of a webhook, whose receiver knows a repeated one. Thread-safe.
 */
public final class TicketFence implements Processor {

    /** What the worker holds; unset if a host routes a result of its own. */
    private static final String LEASE = "liveResponseLease";

    private final Deliveries deliveries;
    private final LongSupplier nanoTime;

    /** @param nanoTime the monotonic clock of {@link ApiHttpClient}, in nanoseconds */
    public TicketFence(Deliveries deliveries, LongSupplier nanoTime) {
        this.deliveries = deliveries;
        this.nanoTime = nanoTime;
    }

    /** Throws what {@link Deliveries#begin} throws, and LEDGER_LEASE_LOST if another run has delivered the result meanwhile. */
    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        boolean lookedUp = exchange.getVariable(DeliverVariables.SETTLE) != null;
        if (!lookedUp || "GET".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD))) {
            return;
        }
        long now = nanoTime.getAsLong();
        Deliverable result = exchange.getVariable(DeliverVariables.RESULT, Deliverable.class);
        String sink = exchange.getVariable(DeliverVariables.SINK, String.class);
        if (!deliveries.begin(result.key(), sink, exchange.getVariable(LEASE))) {
            throw new LiveResponseException(FailureCode.LEDGER_LEASE_LOST,
                    "another run has delivered " + result.key() + " to the sink " + sink);
        }
        exchange.getMessage().setHeader(ApiHttpClient.PERMIT, Long.toString(now));
    }
}
