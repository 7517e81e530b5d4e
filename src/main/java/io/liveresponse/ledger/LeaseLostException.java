package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;

/** The caller does not hold the request any more; another run may be at work on it, so nothing more may be done for it here. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(ResultKey key) {
        super("the lease on " + key + " was lost");
    }
}
