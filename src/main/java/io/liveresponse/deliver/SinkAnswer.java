package io.liveresponse.deliver;

import io.liveresponse.failure.FailureCode;
import io.liveresponse.failure.LiveResponseException;
import io.liveresponse.fetch.HopAnswer;
import io.liveresponse.secret.Redactor;
import io.liveresponse.transcript.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Reads an HTTP sink's answer: 2xx passes on with the answer's text as body, 408, 425, 429 and 5xx may be tried again, any
 * other will not get better. What the desk says is shown to the operator, shortened and redacted. Thread-safe.
 */
public final class SinkAnswer implements Processor {

    private static final int LONGEST_ANSWER = 256 * 1024;
    private static final int SHOWN = 300;

    private final Redactor redactor;
    private final Clock clock;

    public SinkAnswer(Redactor redactor, Clock clock) {
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
        boolean passing = status == 408 || status == 425 || status == 429 || status >= 500;
        String sink = exchange.getVariable(DeliverVariables.SINK, String.class);
        String said = text.isBlank() ? "" : ": " + SafeText.of(redactor.redact(text)).line(SHOWN);
        throw new LiveResponseException(passing ? FailureCode.DELIVERY_UNAVAILABLE : FailureCode.DELIVERY_REFUSED,
                "sink " + sink + " answers " + status + said, null, HopAnswer.retryAfter(message, clock).orElse(null));
    }

    private static String read(Message message) throws IOException {
        try (InputStream body = message.getBody(InputStream.class)) {
            return body == null ? "" : new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }
}
