package io.liveresponse.ledger;

/**
 * The answer to one request; given only once the request is committed.
 *
 * @param fresh true where this call recorded it, false where it was known before
 * @param state where it stands now; not null
 */
public record Acceptance(boolean fresh, RequestState state) {
}
