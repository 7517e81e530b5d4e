package io.liveresponse.check;

import io.liveresponse.settings.Settings;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import javax.net.ssl.SSLException;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.util.ObjectHelper;

/** Whether the mail server lets us in. No mail is sent. */
final class MailCheck {

    private static final String PREFIX = "live-response.deliver.email.";

    private MailCheck() {
    }

    static Finding check(Settings settings, Session session, MailAuthenticator login) {
        String host = settings.find(PREFIX + "host").orElse(null);
        if (host == null) {
            return Finding.off("mail", "no mail is sent; " + PREFIX + "host is not set");
        }
        String place = host + ":" + settings.text(PREFIX + "port");
        PasswordAuthentication account = login.getPasswordAuthentication();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(host, settings.integer(PREFIX + "port"), account.getUserName(), account.getPassword());
            return Finding.ok("mail", null, place + (account.getUserName() == null ? " takes the connection; no login is set" : " takes the login"));
        } catch (AuthenticationFailedException e) {
            return Finding.wrong("mail", null, place + " refuses the login; check " + PREFIX + "user and " + PREFIX + "password", PREFIX + "password");
        } catch (MessagingException e) {
            if (ObjectHelper.getException(SSLException.class, e) != null) {
                return Finding.wrong("mail", null, place + " and we agree on no secure connection; check " + PREFIX + "security (now "
                        + settings.text(PREFIX + "security") + "), or set live-response.tls.trust-store", PREFIX + "security");
            }
            if (String.valueOf(e.getMessage()).contains("STARTTLS")) {
                return Finding.wrong("mail", null, place + " offers no STARTTLS, or wants it; check " + PREFIX + "security (now "
                        + settings.text(PREFIX + "security") + ")", PREFIX + "security");
            }
            return Finding.wrong("mail", null, place + " cannot be reached or does not take the connection ("
                    + e.getClass().getSimpleName() + "); check " + PREFIX + "host and " + PREFIX + "port", PREFIX + "host");
        }
    }
}
