package io.liveresponse.transcript;

import java.io.IOException;

/** Carries the verdict through streams and JSON parser; an {@link IOException} of any other kind is a fault of the disk. */
public final class UnreadableException extends IOException {

    private final transient UnreadableReason reason;

    UnreadableException(UnreadableReason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    /** Never null. */
    public UnreadableReason reason() {
        return reason;
    }

    /** A verdict about content is no fault of the program: where it was found tells nobody anything. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
