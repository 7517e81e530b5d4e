package io.liveresponse.fetch;

import io.liveresponse.fetch.http.ApiHttpClient;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Counts a call of the API and stamps it with the time, so that {@link ApiHttpClient} can refuse to send it too late. Thread-safe.
 */
public final class ApiPermit implements Processor {

    private final Function<ApiCall, QuotaGate> quota;
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock, in nanoseconds */
    public ApiPermit(Function<ApiCall, QuotaGate> quota, LongSupplier nanoTime) {
        this.quota = quota;
        this.nanoTime = nanoTime;
    }

    /** Throws what {@link QuotaGate#beforeCall} throws. */
    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        quota.apply(ApiCall.of(exchange)).beforeCall(exchange.getVariable(FetchVariables.KEY, ResultKey.class));
        exchange.getMessage().setHeader(ApiHttpClient.PERMIT, Long.toString(nanoTime.getAsLong()));
    }
}
