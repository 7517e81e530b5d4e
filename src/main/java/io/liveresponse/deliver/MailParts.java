package io.liveresponse.deliver;

import io.liveresponse.result.Result;
import io.liveresponse.settings.Settings;
import jakarta.activation.FileDataSource;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.DefaultAttachment;

/** The parts of a mail that no template can say. Thread-safe. */
public final class MailParts {

    private final Settings settings;

    public MailParts(Settings settings) {
        this.settings = settings;
    }

    /** Made from the key alone, so that a mail sent again is known as the same one (RFC 5322, 3.6.4). */
    public String messageId(Result result) {
        return "<" + result.tenant().toLowerCase(Locale.ROOT) + "." + result.machineActionId() + "." + result.commandIndex()
                + "@live-response-routes.invalid>";
    }

    /**
     * The subject with nothing in it that a mail client would decode (RFC 2047, 2): an encoded word may hold line ends and
     * direction-changing characters that no view has seen.
     */
    public String literal(@Header("Subject") String subject) {
        return subject.replace("=?", "= ?");
    }

    /** Attaches the bytes as received, unless they are more than {@code live-response.deliver.email.max-attachment}. */
    public void attach(Exchange exchange) {
        Result result = exchange.getVariable(DeliverVariables.RESULT, Result.class);
        if (result.blob() == null || result.blob().size() > settings.bytes("live-response.deliver.email.max-attachment")) {
            return;
        }
        FileDataSource bytes = new FileDataSource(result.blob().path().toFile()) {
            @Override
            public String getContentType() {
                // Never what the device's file name suggests: no mail client shall open it by itself.
                return "application/octet-stream";
            }
        };
        exchange.getMessage(AttachmentMessage.class).addAttachmentObject(result.receivedFileName(), new DefaultAttachment(bytes));
    }
}
