package io.liveresponse.ledger;

/**
 * The answer to many requests; given only once all are committed.
 *
 * @param fresh how many this call recorded
 * @param known how many were known before, or stood in the batch more than once
 */
public record AcceptanceCount(long fresh, long known) {
}
