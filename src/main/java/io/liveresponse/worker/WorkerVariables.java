package io.liveresponse.worker;

/** The exchange variables of the worker. */
final class WorkerVariables {

    /** The claimed {@link io.liveresponse.ledger.RequestRecord}; set, it means that the ledger does the waiting. */
    static final String LEASE = "liveResponseLease";
    /** Whether the bytes are here already, from an earlier attempt or before a replay. */
    static final String FETCHED = "liveResponseFetched";

    /** What was thrown. Kept here since a step that catches an exception of its own forgets the one before. */
    static final String FAILURE = "liveResponseFailure";

    private WorkerVariables() {
    }
}
