package io.liveresponse.cli;

import io.liveresponse.deliver.mail.MailSender;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Settings;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.util.Optional;

/** Whether the mail server lets us in, asked the way that a mail is sent. No mail is sent. */
final class MailCheck {

    private static final String PREFIX = "live-response.deliver.email.";

    private MailCheck() {
    }

    @SuppressWarnings("try") // opened to see whether it opens
    static Finding check(Settings settings, MailSender sender) {
        String host = settings.find(PREFIX + "host").orElse(null);
        if (host == null) {
            return Finding.off("mail", "no mail is sent; " + PREFIX + "host is not set");
        }
        String place = host + ":" + settings.text(PREFIX + "port");
        try (Transport server = sender.connect()) {
            Optional<String> tenant = settings.find(PREFIX + "tenant");
            return Finding.ok("mail", null, place + (settings.find(PREFIX + "user").isEmpty()
                    ? " takes the connection; no login is set"
                    : " takes the login" + tenant.map(name -> " with a token of tenant " + name).orElse("")));
        } catch (LiveResponseException | RuntimeException e) {
            return Finding.wrong("mail", null, place + ": " + e.getMessage());
        } catch (MessagingException e) {
            return Finding.wrong("mail", null, place + " takes the login, but does not end the connection in order; try again later", null);
        }
    }
}
