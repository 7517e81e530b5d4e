package io.liveresponse.deliver;

import io.liveresponse.failure.FailureCode;
import io.liveresponse.failure.LiveResponseException;
import io.liveresponse.transcript.SafeText;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.SendFailedException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.util.ObjectHelper;

/**
 * Renames whatever a sink's component throws, without its cause: a component's own exceptions may hold addresses and
 * logins. What the sink refuses for good is DELIVERY_REFUSED, what the disk
 * does not take DELIVERY_NOT_STORED, all else DELIVERY_UNAVAILABLE. Thread-safe.
 */
public final class SinkFault implements Processor {

    private static final Pattern SMTP_REPLY = Pattern.compile("([45]\\d\\d)[ -][^\\r\\n]*+");
    private static final Set<String> WANTS_A_LOGIN = Set.of("530", "534", "535", "538");
    private static final int LONGEST_REPLY = 200;

    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        throw settling(exchange.getVariable(DeliverVariables.SETTLE, Duration.class),
                named != null ? named : name(exchange.getVariable(DeliverVariables.SINK, String.class), thrown));
    }

    /** What may have taken effect unseen is not to be looked for before it can be seen. */
    private static LiveResponseException settling(Duration settle, LiveResponseException failure) {
        Duration asked = failure.getRetryAfter().orElse(Duration.ZERO);
        return settle == null || failure.getCode() != FailureCode.DELIVERY_UNAVAILABLE || asked.compareTo(settle) >= 0 ? failure
                : new LiveResponseException(failure.getCode(), failure.getMessage(), failure.getTarget().orElse(null), settle);
    }

    /** What the mail server answered (RFC 5321, section 4.2.1: 4 for now, 5 for good), in its own words; null where it is not that. */
    private static LiveResponseException mailRefusal(Throwable thrown) {
        boolean mail = ObjectHelper.getException(SendFailedException.class, thrown) != null;
        for (Throwable cause = thrown; mail && cause != null; cause = cause.getCause()) {
            Matcher reply = SMTP_REPLY.matcher(String.valueOf(cause.getMessage()));
            if (reply.lookingAt()) {
                boolean forGood = reply.group(1).startsWith("5") && !WANTS_A_LOGIN.contains(reply.group(1));
                return new LiveResponseException(forGood ? FailureCode.DELIVERY_REFUSED : FailureCode.DELIVERY_UNAVAILABLE,
                        "the mail server answers " + SafeText.of(reply.group()).line(LONGEST_REPLY)
                                + "; check live-response.deliver.email.to, .from and .user");
            }
        }
        return null;
    }

    private static LiveResponseException name(String sink, Throwable thrown) {
        if (ObjectHelper.getException(AuthenticationFailedException.class, thrown) != null) {
            return new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "the mail server refuses the login;"
                    + " check live-response.deliver.email.user and live-response.deliver.email.password");
        }
        LiveResponseException refused = mailRefusal(thrown);
        if (refused != null) {
            return refused;
        }
        if (ObjectHelper.getException(GenericFileOperationFailedException.class, thrown) != null) {
            return new LiveResponseException(FailureCode.DELIVERY_NOT_STORED, "sink " + sink
                    + " cannot write its file; free some space or mend the permissions of live-response.deliver.file.directory");
        }
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE,
                "sink " + sink + " cannot be reached or does not take the result (" + root.getClass().getSimpleName() + ")");
    }
}
