package io.liveresponse.fetch;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.processor.ThrottlerRejectedExecutionException;
import org.apache.camel.util.ObjectHelper;

/**
 * Renames whatever a question about actions throws, like {@link HttpErrorTranslator}; and where a throttle turned it away, pauses the
 * tenant's questions a little, so that nothing is claimed only to be turned away again. Thread-safe.
 */
public final class ActionErrorTranslator implements Processor {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final HttpErrorTranslator fault = new HttpErrorTranslator("the API", FailureCode.ACTION_UNREACHABLE);
    private final QuotaGate pauses;

    public ActionErrorTranslator(QuotaGate pauses) {
        this.pauses = pauses;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (ObjectHelper.getException(ThrottlerRejectedExecutionException.class, thrown) != null) {
            ResultKey key = exchange.getVariable(FetchVariables.KEY, ResultKey.class);
            pauses.pause(key.tenant(), PAUSE);
            throw new LiveResponseException(FailureCode.ACTION_QUOTA_EXCEEDED, "tenant " + key.tenant()
                    + " has asked about as many actions as the API allows for now; " + key + " waits", null, PAUSE);
        }
        fault.process(exchange);
    }
}
