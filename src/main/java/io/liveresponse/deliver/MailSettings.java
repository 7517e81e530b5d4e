package io.liveresponse.deliver;

import io.liveresponse.settings.Settings;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.mail.MailAuthenticator;

/** The mail session and login from {@code live-response.deliver.email.*}, so that no secret stands in an endpoint. */
public final class MailSettings {

    private static final String PREFIX = "live-response.deliver.email.";

    private MailSettings() {
    }

    /** A session for SMTP with the security asked for; STARTTLS is never optional (RFC 8314, 3). */
    public static Session session(Settings settings, SSLContext tls) {
        Properties properties = new Properties();
        String timeout = settings.text("live-response.http.response-timeout");
        settings.find(PREFIX + "host").ifPresent(host -> properties.put("mail.smtp.host", host));
        properties.put("mail.smtp.port", settings.text(PREFIX + "port"));
        properties.put("mail.smtp.connectiontimeout", settings.text("live-response.http.connect-timeout"));
        properties.put("mail.smtp.timeout", timeout);
        properties.put("mail.smtp.writetimeout", timeout);
        properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory());
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.auth", String.valueOf(settings.find(PREFIX + "user").isPresent()));
        switch (settings.text(PREFIX + "security")) {
            case "tls" -> properties.put("mail.smtp.ssl.enable", "true");
            case "starttls" -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            default -> properties.put("mail.smtp.starttls.enable", "false");
        }
        return Session.getInstance(properties);
    }

    /** The login, asked for at each mail so that a rotated password is seen. */
    public static MailAuthenticator login(Settings settings) {
        return new MailAuthenticator() {
            @Override
            public PasswordAuthentication getPasswordAuthentication() {
                Optional<String> user = settings.find(PREFIX + "user");
                return new PasswordAuthentication(user.orElse(null), user.flatMap(name -> settings.find(PREFIX + "password")).orElse(null));
            }
        };
    }
}
