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
 * Reads an answer of the API: of a good one (200, 201) the body becomes the bytes, read to the end and bounded; any other is a
 * {@link LiveResponseException} with the code that the retry table knows. Thread-safe.
 */
public final class ApiAnswerProcessor implements Processor {

    /** A slower answer is given up. */
    private static final long LEAST_BYTES = 16 * 1024;

    private final ApiRefusal refusal;
    private final Redactor redactor;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param quota    what a 429 pauses
     * @param patience the time that 16 KB of an answer, or a smaller answer, may take
     */
    public ApiAnswerProcessor(TenantTokens tokens, Function<ApiCall, QuotaGate> quota, Function<String, TenantSettings> tenants,
            Redactor redactor, Duration patience, Clock clock) {
        this.refusal = new ApiRefusal(tokens, quota, tenants, clock);
        this.redactor = redactor;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException, IOException {
        Message message = exchange.getMessage();
        ApiCall call = ApiCall.of(exchange);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        try (InputStream body = HttpAnswer.body(message, clock, patience, LEAST_BYTES)) {
            if (status != 200 && status != 201) {
                throw refusal.of(exchange, call, status, ApiError.read(body, redactor));
            }
            byte[] bytes = body.readNBytes(call.maxBytes + 1);
            if (bytes.length > call.maxBytes) {
                throw new LiveResponseException(call.code("ANSWER_UNREADABLE"),
                        "the API's answer is larger than " + call.maxBytes + " bytes");
            }
            message.setBody(bytes);
        }
    }
}
