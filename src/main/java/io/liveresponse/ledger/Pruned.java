package io.liveresponse.ledger;

/** What {@link RequestArchive#prune} removed. */
public record Pruned(long bytes, long requests, long linkCalls) {
}
