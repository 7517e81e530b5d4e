package io.liveresponse.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.liveresponse.fetch.http.PermitExpiredException;
import io.liveresponse.model.Deliverable;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.InvalidSettingException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Translates whatever a sink's route throws to a {@link LiveResponseException} without a cause: a component's own exceptions
 * may hold addresses and logins. Ends the attempt in the ledger if the sink provably got nothing. The body becomes the result
 * again, since a sink's answer may repeat a login, and a host may log the exchange. Thread-safe.
 */
public final class SinkErrorTranslator implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(SinkErrorTranslator.class);

    private final Deliveries deliveries;

    public SinkErrorTranslator(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String sink = exchange.getVariable(DeliverVariables.SINK, String.class);
        Deliverable result = exchange.getVariable(DeliverVariables.RESULT, Deliverable.class);
        Duration settle = exchange.getVariable(DeliverVariables.SETTLE, Duration.class);
        exchange.getMessage().setBody(result);
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        LiveResponseException failure = named != null ? named : translate(sink, thrown);
        if (gotNothing(failure, thrown, settle)) {
            end(result, sink);
            throw failure;
        }
        throw settle == null ? failure : notBefore(settle, failure);
    }

    /** Nothing is in doubt, the sink says so itself, there was no connection over which to send, or it was too late to send. */
    private static boolean gotNothing(LiveResponseException failure, Throwable thrown, Duration settle) {
        return Objects.equals(settle, Duration.ZERO) || failure.getCode() == FailureCode.DELIVERY_REFUSED
                || Stream
                        .of(ConnectException.class, UnknownHostException.class, SSLHandshakeException.class,
                                DirectConsumerNotAvailableException.class, PermitExpiredException.class)
                        .anyMatch(kind -> ObjectHelper.getException(kind, thrown) != null);
    }

    /** The sink's failure is what matters: a mark that stays only makes the next attempt wait. */
    private void end(Deliverable result, String sink) {
        try {
            deliveries.notSent(result.key(), sink);
        } catch (LiveResponseException e) {
            LOG.debug("{}: the attempt at sink {} stays marked as begun: {}", result.key(), sink, e.getMessage());
        }
    }

    /** A call that may have taken effect is not looked up before its effect can be seen. */
    private static LiveResponseException notBefore(Duration settle, LiveResponseException failure) {
        Duration wanted = failure.getRetryAfter().filter(wait -> wait.compareTo(settle) > 0).orElse(settle);
        return new LiveResponseException(failure.getCode(), failure.getMessage(), failure.getTarget().orElse(null), wanted);
    }

    private static LiveResponseException translate(String sink, Throwable thrown) {
        InvalidSettingException setting = ObjectHelper.getException(InvalidSettingException.class, thrown);
        if (setting != null) {
            return new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, setting.getMessage());
        }
        if (ObjectHelper.getException(GenericFileOperationFailedException.class, thrown) != null) {
            return new LiveResponseException(FailureCode.DELIVERY_NOT_STORED, "sink " + sink
                    + " cannot write its file; free some space or fix the permissions of live-response.deliver.file.directory");
        }
        if (ObjectHelper.getException(JsonProcessingException.class, thrown) != null) {
            return new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "sink " + sink
                    + " answers with something that is not JSON; check its URL, and whether a login or proxy page answers in its place");
        }
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "sink " + sink
                + " cannot be reached or does not take the result (" + root.getClass().getSimpleName() + ")");
    }
}
