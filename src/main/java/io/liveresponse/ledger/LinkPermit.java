package io.liveresponse.ledger;

import java.time.Instant;

/**
 * Whether a link call may be made.
 *
 * @param granted true where the call is counted and may go out now
 * @param roomAt  where it may not: the earliest time at which it is worth asking again; else null
 */
public record LinkPermit(boolean granted, Instant roomAt) {

    static final LinkPermit GRANTED = new LinkPermit(true, null);

    static LinkPermit refused(Instant roomAt) {
        return new LinkPermit(false, roomAt);
    }
}
