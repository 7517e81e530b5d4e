package io.liveresponse.deliver.ticket;

import io.liveresponse.model.Result;

/** What of a result would make it another one: a ticket that bears it tells of the result as it is now. */
final class Fingerprint {

    private Fingerprint() {
    }

    /** At most 100 characters, the length of ServiceNow's {@code correlation_display}. */
    static String of(Result result) {
        return result.outcome() + " " + (result.exitCode() == null ? "-" : result.exitCode())
                + " " + (result.sha256() == null ? "-" : result.sha256());
    }
}
