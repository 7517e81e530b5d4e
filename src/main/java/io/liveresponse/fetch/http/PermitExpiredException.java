package io.liveresponse.fetch.http;

import java.io.IOException;

/** A call was counted against the quota too long ago to be sent; nothing was sent. */
public final class PermitExpiredException extends IOException {

    private static final long serialVersionUID = 1L;

    PermitExpiredException(String message) {
        super(message);
    }
}
