package io.liveresponse.fetch;

import io.liveresponse.model.FailureCode;
import org.apache.camel.Exchange;

/** The calls of the API by quota: what their failures are called, what those are likely to mean, and how large a good answer is. */
public enum ApiCall {
    LINK("is the command index right?", "there is no such result, or none yet", FailureCode.LINK_NOT_READY, 64 << 10),
    ACTION("is the machine action's id right?", "there is no such machine action, or none yet", FailureCode.ACTION_SERVER_ERROR, 64 << 20);

    final String badRequest;
    final String notFound;
    /** 409, of which no page says what it means for this call. */
    final FailureCode conflict;
    final int maxBytes;

    ApiCall(String badRequest, String notFound, FailureCode conflict, int maxBytes) {
        this.badRequest = badRequest;
        this.notFound = notFound;
        this.conflict = conflict;
        this.maxBytes = maxBytes;
    }

    /** The call that the route has set in {@code liveResponseCall}. */
    static ApiCall of(Exchange exchange) {
        return valueOf(exchange.getVariable(FetchVariables.CALL, String.class));
    }

    FailureCode code(String what) {
        return FailureCode.valueOf(name() + "_" + what);
    }
}
