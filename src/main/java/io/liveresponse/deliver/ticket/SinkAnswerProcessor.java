package io.liveresponse.deliver.ticket;

import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.fetch.HttpAnswer;
import io.liveresponse.fetch.MinRateInputStream;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.SafeText;
import io.liveresponse.settings.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Reads an HTTP sink's answer: after 2xx the body is the answer's text; 408, 425, 429, 5xx, and 401 to a cached token that
 * another may replace are DELIVERY_UNAVAILABLE; any other status is DELIVERY_REFUSED. An answer that is too long or too slow is
 * DELIVERY_UNAVAILABLE. What the sink says is shown to the operator, shortened and redacted. Thread-safe.
 */
public final class SinkAnswerProcessor implements Processor {

    private static final int LONGEST_ANSWER = 4 * 1024 * 1024;
    private static final int SHOWN = 300;

    private static final String PREFIX = "live-response.deliver.ticket.";

    private final TicketLogin login;
    private final Redactor redactor;
    private final Duration patience;
    private final Clock clock;

    /** @param patience how long an answer's body may take altogether */
    public SinkAnswerProcessor(TicketLogin login, Redactor redactor, Duration patience, Clock clock) {
        this.login = login;
        this.redactor = redactor;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException, IOException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        String sink = exchange.getVariable(DeliverVariables.SINK, String.class);
        String text = read(message, sink);
        if (status >= 200 && status < 300) {
            message.setBody(text);
            return;
        }
        String authorization = message.getHeader("Authorization", "", String.class);
        boolean unavailable = status == 408 || status == 425 || status == 429 || status >= 500
                || status == 401 && login.refused(authorization);
        String said = text.isBlank() ? "" : ": " + SafeText.of(clean(TicketSystemMessage.of(text), authorization)).line(SHOWN);
        throw new LiveResponseException(unavailable ? FailureCode.DELIVERY_UNAVAILABLE : FailureCode.DELIVERY_REFUSED,
                "sink " + sink + " answers " + status + said + ("ticket".equals(sink) ? hint(status) : ""), null,
                HttpAnswer.retryAfter(message, clock).orElse(null));
    }

    private String clean(String said, String authorization) {
        String credential = authorization.substring(authorization.indexOf(' ') + 1);
        return redactor.redact(credential.isEmpty() ? said : said.replace(credential, Redactor.MASK));
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> " — the login is refused: check " + PREFIX + "user, .password, .token, .client-id and .client-secret";
            case 403 -> " — the login lacks a permission: check the roles of " + PREFIX + "user, .token or .client-id in the ticket system";
            case 404 -> " — check " + PREFIX + "url, .table, .project and .api-version";
            case 301, 302, 303, 307, 308 -> " — it redirects, which is not followed: give the final address as " + PREFIX + "url";
            default -> "";
        };
    }

    /** Closing the stream early drops the connection. */
    private String read(Message message, String sink) throws LiveResponseException, IOException {
        InputStream body = message.getBody(InputStream.class);
        // A route with stream caching would read the stream again on the way of a failure.
        message.setBody(null);
        if (body == null) {
            return "";
        }
        try (InputStream whole = new MinRateInputStream(body, clock, patience, Long.MAX_VALUE)) {
            byte[] bytes = whole.readNBytes(LONGEST_ANSWER + 1);
            if (bytes.length > LONGEST_ANSWER) {
                throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE,
                        "sink " + sink + " answers with more than 4 MB; check its URL, and whether something else answers in its place");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
