package io.liveresponse.worker;

import java.time.Duration;

/**
 * How the work on a request ends if its action decides, and neither a result nor a failure.
 *
 * @param delay  the time until the request is due again, or null if it is done
 * @param reason for the timeline; null if it is done
 */
record WorkEnd(Duration delay, String reason) {

    static final WorkEnd DONE = new WorkEnd(null, null);

    static WorkEnd again(Duration delay, String reason) {
        return new WorkEnd(delay, reason);
    }

    boolean isDone() {
        return delay == null;
    }
}
