package io.liveresponse.worker;

/** The exchange variables of the worker. */
final class WorkerVariables {

    /** The claimed {@link io.liveresponse.ledger.RequestRecord}; if it is set, the ledger does the waiting. */
    static final String LEASE = "liveResponseLease";
    /** Whether the bytes are here already, from an earlier attempt or before a replay. */
    static final String FETCHED = "liveResponseFetched";
    /** The exception. Kept here, since a step that catches an exception of its own forgets the one before. */
    static final String FAILURE = "liveResponseFailure";
    /** A {@link WorkEnd}: every sink has the result, or the request's action decides how the work ends. */
    static final String SETTLEMENT = "liveResponseSettlement";
    /** An {@link java.time.Instant}: when the request's action last changed, if that is known. */
    static final String ACTION_UPDATED = "liveResponseActionUpdated";

    private WorkerVariables() {
    }
}
