package io.liveresponse.deliver.mail;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.camel.util.ObjectHelper;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Names what went wrong with a mail server and which setting to change. Of a reply only its code and enhanced code (RFC 3463)
 * are shown: its text may repeat the login. A 5yz reply to a mail is for good (RFC 5321, 4.2.1), all else may pass; a refused
 * login too, since it is the settings' or the server's fault and not the mail's.
 */
final class MailErrorTranslator {

    /** What Angus Mail says if both sides have no login mechanism in common. */
    static final String NO_COMMON_LOGIN = "No authentication mechanisms supported by both server and client";

    private static final String PREFIX = "live-response.deliver.email.";
    private static final Pattern REPLY = Pattern.compile("(?m)^([2-5]\\d\\d)(?:[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?");

    private MailErrorTranslator() {
    }

    /** A reply that says that user, password or token are wrong; 334 asks for more than a token (Google's way to refuse one). */
    static boolean refusesLogin(MessagingException thrown) {
        String code = thrown instanceof AuthenticationFailedException ? code(thrown) : "";
        return code.startsWith("5") || code.equals("334");
    }

    /** @param advice what to change if the login is refused */
    static LiveResponseException whileConnecting(MessagingException thrown, String advice) {
        if (refusesLogin(thrown)) {
            return passing("refuses the login" + reply(thrown) + "; " + advice);
        }
        if (thrown instanceof AuthenticationFailedException) {
            return passing(NO_COMMON_LOGIN.equals(thrown.getMessage())
                    ? "offers no login of the kind wanted; check " + PREFIX + "host and " + PREFIX + "port, or delete " + PREFIX + "user"
                    : "takes no login now" + reply(thrown));
        }
        if (ObjectHelper.getException(SSLException.class, thrown) != null) {
            return passing(tls(thrown));
        }
        if (String.valueOf(thrown.getMessage()).contains("STARTTLS")) {
            return passing("offers no STARTTLS, so nothing was sent; check " + PREFIX + "security and " + PREFIX + "port");
        }
        return passing("cannot be reached or does not take the connection (" + root(thrown).getClass().getSimpleName() + "); check "
                + PREFIX + "host, " + PREFIX + "port and " + PREFIX + "security");
    }

    static LiveResponseException whileSending(MessagingException thrown) {
        SMTPSenderFailedException sender = ObjectHelper.getException(SMTPSenderFailedException.class, thrown);
        if (sender != null && isForGood(sender)) {
            return refused("the sender in " + PREFIX + "from" + reply(sender) + "; " + PREFIX + "user must be allowed to send as it");
        }
        SMTPAddressFailedException recipient = ObjectHelper.getException(SMTPAddressFailedException.class, thrown);
        if (recipient != null) {
            String which = " a recipient" + reply(recipient) + "; check " + PREFIX + "to and the outcome's own";
            return hasInvalid(thrown) ? refused(which.strip()) : passing("takes no mail now for" + which);
        }
        if (code(thrown).equals("530")) {
            return passing("wants a login" + reply(thrown) + "; check " + PREFIX + "user");
        }
        if (isForGood(thrown)) {
            boolean tooLarge = code(thrown).equals("552") || reply(thrown).contains("5.3.4");
            return refused("the mail" + reply(thrown) + (tooLarge ? "; lower " + PREFIX + "max-attachment" : ""));
        }
        return passing("does not take the mail now"
                + (reply(thrown).isEmpty() ? " (" + root(thrown).getClass().getSimpleName() + ")" : reply(thrown)));
    }

    /** True if at least one recipient is refused for good. */
    private static boolean hasInvalid(MessagingException thrown) {
        return thrown instanceof SendFailedException failed && failed.getInvalidAddresses() != null
                && failed.getInvalidAddresses().length > 0;
    }

    private static String tls(MessagingException thrown) {
        if (ObjectHelper.getException(CertificateException.class, thrown) == null) {
            return "and we agree on no secure connection; check " + PREFIX + "security and " + PREFIX + "port";
        }
        boolean chain = ObjectHelper.getException(CertPathBuilderException.class, thrown) != null
                || ObjectHelper.getException(CertPathValidatorException.class, thrown) != null;
        GeneralSecurityException certificate = ObjectHelper.getException(CertificateException.class, thrown);
        return !chain && certificate.getClass() == CertificateException.class
                ? "shows a certificate for another name; give the name in it as " + PREFIX + "host"
                : "shows a certificate that is not trusted; set live-response.tls.trust-store, or check " + PREFIX + "host";
    }

    private static boolean isForGood(MessagingException thrown) {
        return code(thrown).startsWith("5");
    }

    private static String code(MessagingException thrown) {
        Matcher reply = REPLY.matcher(String.valueOf(thrown.getMessage()));
        return reply.find() ? reply.group(1) : "";
    }

    private static String reply(MessagingException thrown) {
        Matcher reply = REPLY.matcher(String.valueOf(thrown.getMessage()));
        return reply.find() ? " (" + reply.group(1) + (reply.group(2) == null ? "" : " " + reply.group(2)) + ")" : "";
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static LiveResponseException passing(String what) {
        return new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "the mail server " + what);
    }

    private static LiveResponseException refused(String what) {
        return new LiveResponseException(FailureCode.DELIVERY_REFUSED, "the mail server refuses " + what);
    }
}
