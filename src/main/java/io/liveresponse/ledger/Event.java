package io.liveresponse.ledger;

import java.time.Instant;

/**
 * One moment in a request's life.
 *
 * @param at     when; not null
 * @param kind   what; not null
 * @param detail more about it, free of secrets, or null
 */
public record Event(Instant at, EventKind kind, String detail) {
}
