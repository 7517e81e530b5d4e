package io.liveresponse.rows;

import io.liveresponse.settings.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Reads a row sink's HTTP answer: its text becomes the body, its status the variable {@value #STATUS}. Thread-safe. */
public final class RowSinkAnswer implements Processor {

    /** Exchange variable: the HTTP status, an Integer. */
    public static final String STATUS = "liveResponseRowSinkStatus";

    private static final int LONGEST_ANSWER = 16 * 1024 * 1024;

    private final Redactor redactor;

    public RowSinkAnswer(Redactor redactor) {
        this.redactor = redactor;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        exchange.setVariable(STATUS, message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class));
        try (InputStream body = message.getBody(InputStream.class)) {
            message.setBody(body == null ? "" : redactor.redact(new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8)));
        }
    }
}
