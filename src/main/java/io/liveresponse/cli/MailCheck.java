package io.liveresponse.cli;

import io.liveresponse.deliver.mail.MailSender;
import io.liveresponse.deliver.mail.MailSettings;
import io.liveresponse.model.LiveResponseException;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;

/** Whether the mail server lets us in, asked the way that a mail is sent. No mail is sent. */
final class MailCheck {

    private MailCheck() {
    }

    @SuppressWarnings("try") // opened to see whether it opens
    static Finding check(MailSettings settings, MailSender sender) {
        if (settings.host().isEmpty()) {
            return Finding.off("mail", "no mail is sent; live-response.deliver.email.host is not set");
        }
        String place = settings.host().get() + ":" + settings.port();
        try (Transport server = sender.connect()) {
            return Finding.ok("mail", null, place + (!settings.login()
                    ? " takes the connection; no login is set"
                    : " takes the login" + settings.tenant().map(name -> " with a token of tenant " + name).orElse("")));
        } catch (LiveResponseException | RuntimeException e) {
            return Finding.wrong("mail", null, place + ": " + e.getMessage());
        } catch (MessagingException e) {
            return Finding.wrong("mail", null, place + " takes the login, but does not end the connection in order; try again later", null);
        }
    }
}
