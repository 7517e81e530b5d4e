package io.liveresponse.simulator.api;

import java.time.Instant;

/**
 * A cancel call that was accepted.
 *
 * @param effective when the action ends by it, unless it has ended by itself
 */
record Cancellation(Instant asked, Instant effective, String requestor, String comment) {
}
