package io.liveresponse.model;

/**
 * Every way in which a result can fail to arrive, with its stage. The retry table, {@code failure-policy.camel.yaml}, refers to
 * these names; they are stable and change only with a line in the change log.
 */
public enum FailureCode {
    /** The request is malformed: its id, index or tenant is not valid. */
    REQUEST_INVALID(Stage.REQUEST),
    /** The entry of a file or message is longer than {@code live-response.intake.max-entry-size}; it was not read. */
    REQUEST_TOO_LARGE(Stage.REQUEST),
    /** The request names a tenant that the settings do not. */
    REQUEST_TENANT_UNKNOWN(Stage.REQUEST),
    /** The process ended, or lost the lease, each time it worked on the request. */
    REQUEST_KEEPS_FAILING(Stage.REQUEST),
    /** The sign-in host refuses the credential: a setting is wrong. */
    TOKEN_REFUSED(Stage.TOKEN),
    /** The sign-in host cannot be reached or answers with an error of its own. */
    TOKEN_UNAVAILABLE(Stage.TOKEN),
    /** 400: the API refuses the request as malformed. */
    LINK_BAD_REQUEST(Stage.LINK),
    /** 401 for a token that was valid until now; another is fetched. */
    LINK_TOKEN_EXPIRED(Stage.LINK),
    /** 401 for a new token as well. */
    LINK_UNAUTHORIZED(Stage.LINK),
    /** 403: the token is valid, but lacks a permission. */
    LINK_FORBIDDEN(Stage.LINK),
    /** 404: no such action, or none yet. */
    LINK_NOT_FOUND(Stage.LINK),
    /** 409: the action has not ended. */
    LINK_NOT_READY(Stage.LINK),
    /** 429: the tenant's quota is used up. */
    LINK_QUOTA_EXCEEDED(Stage.LINK),
    /** 5xx, a redirect, or an answer that the API does not give. */
    LINK_SERVER_ERROR(Stage.LINK),
    /** No answer: connection refused, reset, cut short or timed out. */
    LINK_UNREACHABLE(Stage.LINK),
    /** 200 without a link in it. */
    LINK_ANSWER_UNREADABLE(Stage.LINK),
    /** 400: the API refuses the action's id as malformed. */
    ACTION_BAD_REQUEST(Stage.ACTION),
    /** 401 for a token that was valid until now; another is fetched. */
    ACTION_TOKEN_EXPIRED(Stage.ACTION),
    /** 401 for a new token as well. */
    ACTION_UNAUTHORIZED(Stage.ACTION),
    /** 403: the token is valid, but lacks a permission. */
    ACTION_FORBIDDEN(Stage.ACTION),
    /** 404: no such action, or none yet. */
    ACTION_NOT_FOUND(Stage.ACTION),
    /** 429, or the quota of calls about actions is used up. */
    ACTION_QUOTA_EXCEEDED(Stage.ACTION),
    /** 5xx, a redirect, or an answer that the API does not give. */
    ACTION_SERVER_ERROR(Stage.ACTION),
    /** No answer: connection refused, reset, cut short or timed out. */
    ACTION_UNREACHABLE(Stage.ACTION),
    /** 200 without a machine action in it. */
    ACTION_ANSWER_UNREADABLE(Stage.ACTION),
    /** The action did not end within {@code live-response.action.give-up}. */
    ACTION_NEVER_ENDED(Stage.ACTION),
    /** The machine action is not a live response, so it has no results. */
    ACTION_NO_LIVE_RESPONSE(Stage.ACTION),
    /** 400 or 409: the device already has a live response; it is started later. */
    RUN_DEVICE_BUSY(Stage.RUN),
    /** 400 or 403: a policy forbids scripts on the device. */
    RUN_DEVICE_RESTRICTED(Stage.RUN),
    /** 400 or 403: the device's operating system or sensor does not support live response. */
    RUN_DEVICE_UNSUPPORTED(Stage.RUN),
    /** 400: the API says that the call makes no sense. This and the codes below are also those of cancel, device and library calls. */
    RUN_BAD_REQUEST(Stage.RUN),
    /** 401 for a token that was good until now; nothing was started, and a fresh token is fetched. */
    RUN_TOKEN_EXPIRED(Stage.RUN),
    /** 401 also for a fresh token. */
    RUN_UNAUTHORIZED(Stage.RUN),
    /** 403: live response is switched off, or the permission or the device's group is missing. */
    RUN_FORBIDDEN(Stage.RUN),
    /** 404: no such device, action or file. */
    RUN_NOT_FOUND(Stage.RUN),
    /** 429; nothing was started. */
    RUN_QUOTA_EXCEEDED(Stage.RUN),
    /** The call was not made: the tenant has no room or pauses, connection refused, unknown host, TLS; nothing was started. */
    RUN_NOT_SENT(Stage.RUN),
    /** 5xx, a redirect, or an answer that is none of the API's; the action may have been started. */
    RUN_SERVER_ERROR(Stage.RUN),
    /** No answer: reset, cut short or timed out; the action may have been started. */
    RUN_UNREACHABLE(Stage.RUN),
    /** A good status with an answer that is not what the API documents; the action may have been started. */
    RUN_ANSWER_UNREADABLE(Stage.RUN),
    /** The link names a scheme, host, port or form that is not allowed; nothing was sent there. */
    BLOB_HOST_REFUSED(Stage.BLOB),
    /** The store refuses the link (403, 404), or the link is about to expire. */
    BLOB_LINK_EXPIRED(Stage.BLOB),
    /** 5xx, 429, a redirect, or an answer that no blob store gives. */
    BLOB_SERVER_ERROR(Stage.BLOB),
    /** Connection refused, reset, timed out. */
    BLOB_UNREACHABLE(Stage.BLOB),
    /** Fewer bytes were received than announced. */
    BLOB_CUT_SHORT(Stage.BLOB),
    /** More bytes than {@code live-response.result.max-bytes} allows. */
    BLOB_TOO_LARGE(Stage.BLOB),
    /** The blob is larger than the space that is free in the data directory. */
    BLOB_NO_ROOM(Stage.BLOB),
    /** The bytes cannot be written to the data directory: full, read-only or missing. */
    BLOB_NOT_STORED(Stage.BLOB),
    /** A sink refuses the result (4xx); a retry would not help. */
    DELIVERY_REFUSED(Stage.DELIVER),
    /** A sink is busy or unreachable (429, 5xx, no answer). */
    DELIVERY_UNAVAILABLE(Stage.DELIVER),
    /** A file cannot be written to the results directory: full, read-only or missing. */
    DELIVERY_NOT_STORED(Stage.DELIVER),
    /** An earlier run called the sink; its effect cannot be looked up yet. */
    DELIVERY_IN_DOUBT(Stage.DELIVER),
    /** The ledger's database does not answer. */
    LEDGER_UNAVAILABLE(Stage.LEDGER),
    /** Another run works on the request, since this one did not renew its lease in time. */
    LEDGER_LEASE_LOST(Stage.LEDGER),
    /** A defect of this software or of an edited route. */
    UNEXPECTED(Stage.ROUTE);

    private final Stage stage;

    FailureCode(Stage stage) {
        this.stage = stage;
    }

    public Stage stage() {
        return stage;
    }
}
