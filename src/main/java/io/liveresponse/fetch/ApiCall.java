package io.liveresponse.fetch;

import io.liveresponse.model.FailureCode;
import org.apache.camel.Exchange;

/** The calls of the API by quota: what their failures are called, what those are likely to mean, and how large a good answer is. */
public enum ApiCall {
    LINK("is the command index right?", "there is no such result, or none yet", FailureCode.LINK_NOT_READY, 64 << 10, "LINK"),
    ACTION(
            "is the machine action's id right?", "there is no such machine action, or none yet", FailureCode.ACTION_SERVER_ERROR, 64 << 20,
            "ACTION"),
    /** Starts a live response. */
    RUN("is the script in the library, and are its arguments right?", "there is no such device", FailureCode.RUN_DEVICE_BUSY, 4 << 20,
            "RUN"),
    CANCEL("has the action ended?", "there is no such machine action, or none yet", FailureCode.RUN_BAD_REQUEST, 4 << 20,
            "RUN"),
    /** Lists devices. */
    MACHINES("is the filter right?", "there is no such device", FailureCode.RUN_SERVER_ERROR, 64 << 20, "RUN"),
    /** Lists, uploads or deletes files of the live response library. */
    LIBRARY("is the file's name right?", "there is no such file in the library", FailureCode.RUN_SERVER_ERROR, 16 << 20, "RUN");

    final String badRequest;
    final String notFound;
    /** 409, of which no page says what it means for this call. */
    final FailureCode conflict;
    final int maxBytes;
    private final String prefix;

    ApiCall(String badRequest, String notFound, FailureCode conflict, int maxBytes, String prefix) {
        this.badRequest = badRequest;
        this.notFound = notFound;
        this.conflict = conflict;
        this.maxBytes = maxBytes;
        this.prefix = prefix;
    }

    /** The call that the route has set in {@code liveResponseCall}. */
    static ApiCall of(Exchange exchange) {
        return valueOf(exchange.getVariable(FetchVariables.CALL, String.class));
    }

    FailureCode code(String what) {
        return FailureCode.valueOf(prefix + "_" + what);
    }
}
