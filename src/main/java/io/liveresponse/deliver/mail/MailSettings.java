package io.liveresponse.deliver.mail;

import io.liveresponse.settings.HttpSettings;
import io.liveresponse.settings.InvalidSettingException;
import io.liveresponse.settings.Settings;
import jakarta.mail.Session;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/**
 * The settings {@code live-response.deliver.email.*} that do not change while the process runs; it holds no secret. User and
 * password are not among them: {@link MailLogin} looks them up for each connection. Immutable.
 *
 * @param host          empty if no mail is sent
 * @param security      {@code starttls}, {@code tls} or {@code none}
 * @param login         whether a user is set
 * @param tenant        the tenant whose credential logs in; empty for user and password
 * @param scope         the scope of its token; empty for that of the tenant's cloud
 * @param maxAttachment in bytes; larger results are not attached
 * @param timeouts      of connections, reads and writes
 */
public record MailSettings(Optional<String> host, int port, String security, boolean login, Optional<String> tenant, Optional<String> scope,
        long maxAttachment, HttpSettings timeouts) {

    static final String PREFIX = "live-response.deliver.email.";

    /** @throws InvalidSettingException if a value is missing or malformed */
    public static MailSettings of(Settings settings) {
        return new MailSettings(settings.find(PREFIX + "host"), settings.integer(PREFIX + "port"), settings.text(PREFIX + "security"),
                settings.find(PREFIX + "user").isPresent(), settings.find(PREFIX + "tenant"), settings.find(PREFIX + "scope"),
                settings.bytes(PREFIX + "max-attachment"), HttpSettings.of(settings));
    }

    /**
     * A session for SMTP with the security asked for; STARTTLS is never optional (RFC 8314, 3).
     *
     * @throws InvalidSettingException if a token would be sent over a connection that is not secured
     */
    public Session session(SSLContext tls) {
        Properties properties = new Properties();
        host.ifPresent(name -> properties.put("mail.smtp.host", name));
        properties.put("mail.smtp.port", String.valueOf(port));
        properties.put("mail.smtp.connectiontimeout", String.valueOf(timeouts.connectMillis()));
        properties.put("mail.smtp.timeout", String.valueOf(timeouts.responseMillis()));
        properties.put("mail.smtp.writetimeout", String.valueOf(timeouts.responseMillis()));
        properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory());
        // else a server that this one refuses is tried once more with the authorities that Java trusts
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        // one refused recipient keeps no other from getting the mail
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.auth", String.valueOf(login));
        if (tenant.isPresent()) {
            if (security.equals("none")) {
                throw new InvalidSettingException(PREFIX + "security",
                        "would send a tenant's token unencrypted — set it to starttls or tls");
            }
            // every other mechanism would send the token as a password
            properties.put("mail.smtp.auth.mechanisms", "XOAUTH2");
        }
        switch (security) {
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
