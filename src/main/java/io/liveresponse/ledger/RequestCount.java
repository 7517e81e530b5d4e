package io.liveresponse.ledger;

/** How many of a tenant's requests stand at one state. */
public record RequestCount(String tenant, RequestState state, long requests) {
}
