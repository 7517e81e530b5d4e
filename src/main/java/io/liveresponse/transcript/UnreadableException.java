package io.liveresponse.transcript;

import java.io.IOException;

/** Carries the reason through streams and the JSON parser; any other {@link IOException} is an error of the disk. */
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

    /** The content is at fault, not the program, so a stack trace would tell nothing. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
