package io.liveresponse.ledger;

import java.time.Duration;

/**
 * How long ended requests are kept, counted from their end; null keeps for ever.
 *
 * @param bytes     the kept bytes of delivered requests; those of dead ones stay as long as the request
 * @param delivered the rows of delivered requests, with their deliveries and events
 * @param dead      the rows of dead requests likewise
 */
public record RetentionPolicy(Duration bytes, Duration delivered, Duration dead) {
}
