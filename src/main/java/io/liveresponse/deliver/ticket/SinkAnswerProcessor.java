package io.liveresponse.deliver.ticket;

import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.fetch.HttpAnswer;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.SafeText;
import io.liveresponse.settings.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Reads an HTTP sink's answer: 2xx passes on with the answer's text as body, 408, 425, 429 and 5xx may be tried again, any
 * other will not get better, but for a 401 to a cached token that another may replace. What the desk says is shown to the operator, shortened and redacted. Thread-safe.
 */
public final class SinkAnswerProcessor implements Processor {

    private static final int LONGEST_ANSWER = 4 * 1024 * 1024;
    private static final int SHOWN = 300;

    private static final String PREFIX = "live-response.deliver.ticket.";

    private final TicketLogin login;
    private final Redactor redactor;
    private final Clock clock;

    public SinkAnswerProcessor(TicketLogin login, Redactor redactor, Clock clock) {
        this.login = login;
        this.redactor = redactor;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException, IOException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        String text = read(message);
        if (status >= 200 && status < 300) {
            message.setBody(text);
            return;
        }
        String authorization = exchange.getVariable(DeliverVariables.AUTHORIZATION, "", String.class);
        boolean passing = status == 408 || status == 425 || status == 429 || status >= 500
                || status == 401 && login.refused(authorization);
        String sink = exchange.getVariable(DeliverVariables.SINK, String.class);
        String said = text.isBlank() ? "" : ": " + SafeText.of(clean(TicketSystemMessage.of(text), authorization)).line(SHOWN);
        throw new LiveResponseException(passing ? FailureCode.DELIVERY_UNAVAILABLE : FailureCode.DELIVERY_REFUSED,
                "sink " + sink + " answers " + status + said + hint(status), null, HttpAnswer.retryAfter(message, clock).orElse(null));
    }

    private String clean(String said, String authorization) {
        String credential = authorization.substring(authorization.indexOf(' ') + 1);
        return redactor.redact(credential.isEmpty() ? said : said.replace(credential, Redactor.MASK));
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> " — the login is refused: check " + PREFIX + "user, .password, .token, .client-id and .client-secret";
            case 403 -> " — the login lacks a right: check the roles of " + PREFIX + "user, .token or .client-id at the desk";
            case 404 -> " — check " + PREFIX + "url, .table, .project and .api-version";
            case 301, 302, 303, 307, 308 -> " — it redirects, which is not followed: give the final address as " + PREFIX + "url";
            default -> "";
        };
    }

    private static String read(Message message) throws IOException {
        try (InputStream body = message.getBody(InputStream.class)) {
            return body == null ? "" : new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }
}
