package io.liveresponse.deliver.mail;

import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Settings;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Clock;
import java.util.Date;
import java.util.function.Supplier;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each mail over a connection of its own, with the login of the settings. What fails is a {@link LiveResponseException}
 * that names the setting to change and holds nothing of what the server said but its codes: a server may repeat the login.
 * Thread-safe.
 */
public final class MailSender extends DefaultJavaMailSender {

    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

    private final MailLogin login;
    private final Clock clock;

    /** @param tokens used only if a tenant's credential logs in */
    public MailSender(Settings settings, MailSettings mail, Session session, Supplier<TenantTokens> tokens, Clock clock) {
        this.login = new MailLogin(settings, mail, tokens);
        this.clock = clock;
        setSession(session);
    }

    /**
     * Sends to every recipient that the server accepts; if it refuses the others, that is logged.
     *
     * @throws MessagingException whose cause is the {@link LiveResponseException}
     */
    @Override
    public void send(MimeMessage mail) throws MessagingException {
        try {
            Transport server = connect();
            try {
                String id = mail.getMessageID();
                mixAttachments(mail);
                mail.setSentDate(Date.from(clock.instant()));
                mail.saveChanges();
                if (id != null) {
                    // saving has made another one
                    mail.setHeader("Message-ID", id);
                }
                server.sendMessage(mail, mail.getAllRecipients());
            } catch (SendFailedException e) {
                if (e.getValidSentAddresses() == null || e.getValidSentAddresses().length == 0) {
                    throw MailErrorTranslator.whileSending(e);
                }
                LOG.warn("sink email: sent, but {}", MailErrorTranslator.whileSending(e).getMessage());
            } catch (MessagingException e) {
                throw MailErrorTranslator.whileSending(e);
            } finally {
                hangUp(server);
            }
        } catch (LiveResponseException e) {
            LiveResponseException named = new LiveResponseException(e.getCode(), "sink email: " + e.getMessage());
            throw new MessagingException(named.getMessage(), named);
        }
    }

    /**
     * camel-mail puts attachments beside the HTML part, inside multipart/alternative, where a client that shows the text part
     * hides them. They belong to the mail as a whole (RFC 2046, 5.1.3).
     */
    private static void mixAttachments(MimeMessage mail) throws MessagingException {
        if (content(mail) instanceof MimeMultipart texts && texts.getCount() == 2
                && content(texts.getBodyPart(1)) instanceof MimeMultipart mixed) {
            BodyPart html = mixed.getBodyPart(0);
            mixed.removeBodyPart(0);
            texts.removeBodyPart(1);
            texts.addBodyPart(html);
            MimeBodyPart first = new MimeBodyPart();
            first.setContent(texts);
            mixed.addBodyPart(first, 0);
            mixed.setSubType("mixed");
            mail.setContent(mixed);
        }
    }

    private static Object content(Part part) throws MessagingException {
        try {
            return part.getContent();
        } catch (IOException e) {
            throw new MessagingException("an unreadable part", e);
        }
    }

    /**
     * Connects and logs in, as for a mail; the caller closes. A token that the server refuses is replaced once, at once.
     *
     * @throws LiveResponseException DELIVERY_UNAVAILABLE, with the setting to change
     */
    public Transport connect() throws LiveResponseException {
        for (boolean first = true;; first = false) {
            PasswordAuthentication account = login.current();
            try {
                return connect(account);
            } catch (MessagingException e) {
                if (!first || !MailErrorTranslator.refusesLogin(e) || !login.refused(account)) {
                    throw MailErrorTranslator.whileConnecting(e, login.advice(account));
                }
            }
        }
    }

    private Transport connect(PasswordAuthentication account) throws MessagingException {
        Transport server = getSession().getTransport("smtp");
        // host and port are the session's
        server.connect(null, account.getUserName(), account.getPassword());
        if (account.getUserName() != null && server instanceof SMTPTransport smtp && !offersLogin(smtp)) {
            hangUp(server);
            throw new AuthenticationFailedException(MailErrorTranslator.NO_COMMON_LOGIN);
        }
        return server;
    }

    /** If the server offers none, the library would send without a login. */
    private static boolean offersLogin(SMTPTransport server) {
        return server.supportsExtension("AUTH") || server.supportsExtension("AUTH=LOGIN");
    }

    /** Whether a mail was taken is known by then; how the connection ends changes nothing about it. */
    private static void hangUp(Transport server) {
        try {
            server.close();
        } catch (MessagingException e) {
            // The connection is gone either way.
        }
    }
}
