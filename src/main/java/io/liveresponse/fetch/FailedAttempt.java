package io.liveresponse.fetch;

import io.liveresponse.model.LiveResponseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Counts the failed attempts in the variable {@code liveResponseFailures}, since Camel's own counter is a header and the hops
 * leave no header behind; and makes Camel's next redelivery wait as long as the other side asked, plus up to a tenth, so that those who were sent away
 * together do not come back together. If it asked for nothing, the redelivery policy's own delay applies. Thread-safe.
 */
public final class FailedAttempt implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.setVariable(FetchVariables.FAILURES, exchange.getVariable(FetchVariables.FAILURES, 0, Integer.class) + 1);
        LiveResponseException failure = exchange.getException(LiveResponseException.class);
        Optional<Duration> asked = failure == null ? Optional.empty() : failure.getRetryAfter();
        if (asked.isPresent()) {
            long millis = asked.get().toMillis() + 1;
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, millis + ThreadLocalRandom.current().nextLong(millis / 10 + 1));
        } else {
            exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
        }
    }
}
