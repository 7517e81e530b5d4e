package io.liveresponse.deliver.mail;

import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.deliver.file.FileLayout;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultViews;
import io.liveresponse.model.SafeText;
import io.liveresponse.settings.Settings;
import jakarta.activation.FileDataSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.DefaultAttachment;

/** The parts of a mail that no template can say. Thread-safe. */
public final class MailParts {

    private final Settings settings;
    private final MailSettings mail;
    private final ResultViews views;
    private final FileLayout layout;

    public MailParts(Settings settings, MailSettings mail, ResultViews views, FileLayout layout) {
        this.settings = settings;
        this.mail = mail;
        this.views = views;
        this.layout = layout;
    }

    /** The recipients of the result's outcome, else those of all. Nothing but the outcome is asked of the result. */
    public String recipients(Result result) {
        String all = MailSettings.PREFIX + "to";
        return settings.find(all + "." + result.outcome().label()).orElseGet(() -> settings.text(all));
    }

    /** What {@code mail.txt} shows: a result's view, and as {@code rest} the place of the whole text. */
    public Map<String, String> text(Result result) {
        return withRest(views.text(result), SafeText.of(rest(result)).plain());
    }

    /** What {@code mail.html} shows; escaped. */
    public Map<String, String> html(Result result) {
        return withRest(views.html(result), SafeText.of(rest(result)).html());
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
        if (!isAttached(result)) {
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

    private boolean isAttached(Result result) {
        return result.blob() != null && result.blob().size() <= mail.maxAttachment();
    }

    private String rest(Result result) {
        if (result.blob() == null) {
            return "nothing came back but what stands here";
        }
        String size = String.format(Locale.ROOT, "%,d bytes", result.blob().size());
        String path = settings.path("live-response.deliver.file.directory").resolve(layout.directory(result))
                .resolve(result.receivedFileName()).toString();
        return isAttached(result)
                ? "attached (" + size + "), and kept as " + path
                : "kept as " + path + " (" + size + ", too large to attach: see " + MailSettings.PREFIX + "max-attachment)";
    }

    private static Map<String, String> withRest(Map<String, String> view, String rest) {
        Map<String, String> all = new HashMap<>(view);
        all.put("rest", rest);
        return all;
    }
}
