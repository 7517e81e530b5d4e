package io.liveresponse.deliver.mail;

import io.liveresponse.settings.InvalidSettingException;
import io.liveresponse.settings.Settings;
import jakarta.mail.Session;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/** The mail session from {@code live-response.deliver.email.*}; it holds no secret. */
public final class MailSettings {

    private static final String PREFIX = "live-response.deliver.email.";

    private MailSettings() {
    }

    /**
     * A session for SMTP with the security asked for; STARTTLS is never optional (RFC 8314, 3).
     *
     * @throws InvalidSettingException if a token would be sent over a connection that is not secured
     */
    public static Session session(Settings settings, SSLContext tls) {
        Properties properties = new Properties();
        String timeout = settings.text("live-response.http.response-timeout");
        settings.find(PREFIX + "host").ifPresent(host -> properties.put("mail.smtp.host", host));
        properties.put("mail.smtp.port", settings.text(PREFIX + "port"));
        properties.put("mail.smtp.connectiontimeout", settings.text("live-response.http.connect-timeout"));
        properties.put("mail.smtp.timeout", timeout);
        properties.put("mail.smtp.writetimeout", timeout);
        properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory());
        // else a server that this one refuses is tried once more with the authorities that Java trusts
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        // one refused recipient keeps no other from getting the mail
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.auth", String.valueOf(settings.find(PREFIX + "user").isPresent()));
        if (MailLogin.byToken(settings)) {
            if (settings.text(PREFIX + "security").equals("none")) {
                throw new InvalidSettingException(PREFIX + "security",
                        "would send a tenant's token unencrypted — set it to starttls or tls");
            }
            // every other mechanism would send the token as a password
            properties.put("mail.smtp.auth.mechanisms", "XOAUTH2");
        }
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
}
