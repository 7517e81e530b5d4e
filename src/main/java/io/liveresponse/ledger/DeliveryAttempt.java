package io.liveresponse.ledger;

import java.time.Instant;

/**
 * Whether a sink may be called now.
 *
 * @param decision       what to do; not null
 * @param reference      the sink's own word for the result from an earlier delivery, or null
 * @param waitUntil      with {@link Decision#WAIT}: from when to try again; else null
 * @param earlierBeganAt when an earlier attempt began of which nobody knows what became of it, so that the sink has to be
 *                       looked at before anything is created; null if there was none
 */
public record DeliveryAttempt(Decision decision, String reference, Instant waitUntil, Instant earlierBeganAt) {

    /** What {@link Settlement#begin} decided. */
    public enum Decision {
        /** The sink has it; do not call. */
        DELIVERED,
        /** The attempt is recorded and on the disk; call now. */
        BEGIN,
        /** Another run's attempt may still be under way, or not be found yet; do not call before {@link #waitUntil}. */
        WAIT
    }
}
