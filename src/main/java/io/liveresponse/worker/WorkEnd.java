package io.liveresponse.worker;

import java.time.Duration;

/**
 * How the work on a request ends if it does not fail: done, or due again since its action says so.
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
