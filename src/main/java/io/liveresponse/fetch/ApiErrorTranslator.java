package io.liveresponse.fetch;

import com.fasterxml.jackson.core.JacksonException;
import io.liveresponse.fetch.http.ConnectionFault;
import io.liveresponse.fetch.http.PermitExpiredException;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.processor.ThrottlerRejectedExecutionException;
import org.apache.camel.util.ObjectHelper;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Renames whatever a call of the API throws, by the call that the route has set. The original is dropped, message and cause: it
 * may hold the address or quote the answer. Thread-safe.
 */
public final class ApiErrorTranslator implements Processor {

    /** After which a call that the throttle rejected is tried again. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        if (named == null) {
            named = name(ApiCall.of(exchange), exchange.getVariable(FetchVariables.KEY, ResultKey.class), thrown);
        }
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, named);
        exchange.getMessage().setBody(null);
        throw named;
    }

    /** Whether the connection was never made, so that the API cannot have seen the call. */
    private static boolean wasNotSent(Throwable thrown) {
        return ObjectHelper.getException(HttpHostConnectException.class, thrown) != null
                || ObjectHelper.getException(ConnectTimeoutException.class, thrown) != null
                || ObjectHelper.getException(ConnectionRequestTimeoutException.class, thrown) != null
                || ObjectHelper.getException(UnknownHostException.class, thrown) != null
                || ObjectHelper.getException(SSLHandshakeException.class, thrown) != null;
    }

    private static LiveResponseException name(ApiCall call, ResultKey key, Throwable thrown) {
        if (ObjectHelper.getException(ThrottlerRejectedExecutionException.class, thrown) != null) {
            // no pause of the tenant: calls that pass the throttle would be refused by it, and spend the permits that come back
            return new LiveResponseException(call.code("QUOTA_EXCEEDED"),
                    "tenant " + key.tenant() + " has made as many calls as the API allows for now; " + key + " waits", null, PAUSE);
        }
        if (ObjectHelper.getException(PermitExpiredException.class, thrown) != null) {
            return new LiveResponseException(call == ApiCall.RUN ? FailureCode.RUN_NOT_SENT : call.code("QUOTA_EXCEEDED"),
                    "the call for " + key + " came too late to the wire to count where it was counted; it is made again", null,
                    Duration.ZERO);
        }
        if (ObjectHelper.getException(JacksonException.class, thrown) != null) {
            return new LiveResponseException(call.code("ANSWER_UNREADABLE"),
                    "the API's answer for " + key + " is not the JSON that it documents");
        }
        if (call == ApiCall.RUN && wasNotSent(thrown)) {
            return new LiveResponseException(FailureCode.RUN_NOT_SENT,
                    "no connection to the API for " + key + ": " + ConnectionFault.reason(thrown));
        }
        return new LiveResponseException(call.code("UNREACHABLE"),
                "no answer from the API for " + key + ": " + ConnectionFault.reason(thrown));
    }
}
