package io.liveresponse.fetch;

import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Redactor;
import io.liveresponse.settings.TenantSettings;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Reads the API's answer about machine actions: on 200 the body becomes an {@link io.liveresponse.fetch.ActionPage}, all else
 * is a {@link LiveResponseException} with the code that the retry table knows. Thread-safe.
 */
public final class ActionAnswerProcessor implements Processor {

    /** An answer slower than this is given up. */
    private static final long LEAST_BYTES = 16 * 1024;

    private final ApiRefusal refusal;
    private final Redactor redactor;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param pauses   what a 429 pauses
     * @param patience how long 16 KB of the answer may take
     */
    public ActionAnswerProcessor(TenantTokens tokens, QuotaGate pauses, Function<String, TenantSettings> tenants, Redactor redactor,
            Duration patience, Clock clock) {
        this.refusal = new ApiRefusal(ApiCall.ACTION, tokens, pauses, tenants, clock);
        this.redactor = redactor;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException, IOException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        try (InputStream body = HttpAnswer.body(message, clock, patience, LEAST_BYTES)) {
            if (status != 200) {
                throw refusal.of(exchange, status, ApiError.read(body, redactor));
            }
            message.setBody(ActionReader.read(body));
        }
    }
}
