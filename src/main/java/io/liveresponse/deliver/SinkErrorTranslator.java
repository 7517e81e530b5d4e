package io.liveresponse.deliver;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.InvalidSettingException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.util.ObjectHelper;

/**
 * Renames whatever a sink's component throws, without its cause: a component's own exceptions may hold addresses and
 * logins. What the disk does not take is DELIVERY_NOT_STORED, all else that nobody has named yet DELIVERY_UNAVAILABLE. The body
 * becomes the result again, since what the sink answered may repeat a login, and a host may log the exchange. Thread-safe.
 */
public final class SinkErrorTranslator implements Processor {

    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        exchange.getMessage().setBody(exchange.getVariable(DeliverVariables.RESULT));
        throw settling(exchange.getVariable(DeliverVariables.SETTLE, Duration.class),
                named != null ? named : name(exchange.getVariable(DeliverVariables.SINK, String.class), thrown));
    }

    /** What may have taken effect unseen is not to be looked for before it can be seen. */
    private static LiveResponseException settling(Duration settle, LiveResponseException failure) {
        Duration asked = failure.getRetryAfter().orElse(Duration.ZERO);
        return settle == null || failure.getCode() != FailureCode.DELIVERY_UNAVAILABLE || asked.compareTo(settle) >= 0 ? failure
                : new LiveResponseException(failure.getCode(), failure.getMessage(), failure.getTarget().orElse(null), settle);
    }

    private static LiveResponseException name(String sink, Throwable thrown) {
        InvalidSettingException setting = ObjectHelper.getException(InvalidSettingException.class, thrown);
        if (setting != null) {
            return new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, setting.getMessage());
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
