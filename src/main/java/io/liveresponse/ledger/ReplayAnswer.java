package io.liveresponse.ledger;

/** What became of the wish to replay a request. */
public enum ReplayAnswer {
    /** It is due again and will be routed from what is kept; Defender is not called. */
    REROUTED,
    /** It is due again and will be fetched: because that was asked for, or because it never was. */
    FETCH_AGAIN,
    /** Nothing was done: its bytes are no longer kept, so only fetching again would help. */
    BYTES_NOT_KEPT,
    /** Nothing was done: a node is at work on it. */
    BUSY,
    /** There is no such request. */
    UNKNOWN
}
