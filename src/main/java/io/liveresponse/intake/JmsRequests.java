package io.liveresponse.intake;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Body;

/** Reads the requests of a text or bytes message. Nothing of any other message is read, an object least of all. Thread-safe. */
public final class JmsRequests {

    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final RequestReader reader;

    public JmsRequests(RequestReader reader) {
        this.reader = reader;
    }

    /**
     * The message's entries; for a message that cannot hold any, one rejected entry with the reason.
     *
     * @throws JMSException if the broker does not give the message's content
     */
    public RequestChunks chunks(@Body Message message) throws JMSException, IOException {
        return new RequestChunks(entries(message), () -> {
        });
    }

    private Iterator<RequestEntry> entries(Message message) throws JMSException, IOException {
        if (message instanceof TextMessage text) {
            return read(text.getText() == null ? new byte[0] : text.getText().getBytes(StandardCharsets.UTF_8));
        }
        if (message instanceof BytesMessage bytes && bytes.getBodyLength() <= MAX_BYTES) {
            byte[] content = new byte[(int) bytes.getBodyLength()];
            bytes.readBytes(content);
            return read(content);
        }
        return List.of(rejected(message instanceof BytesMessage
                ? "the message has more than " + MAX_BYTES + " bytes"
                : "the message is neither text nor bytes; send JSON, JSON lines or CSV as text")).iterator();
    }

    private Iterator<RequestEntry> read(byte[] content) throws IOException {
        Iterator<RequestEntry> entries = reader.entries(new ByteArrayInputStream(content));
        return entries.hasNext() ? entries : List.of(rejected("the message holds no request")).iterator();
    }

    private RequestEntry rejected(String why) {
        return reader.invalid(1, "", why);
    }
}
