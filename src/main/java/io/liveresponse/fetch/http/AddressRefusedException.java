package io.liveresponse.fetch.http;

import java.io.IOException;

/**
 * No connection was made, since the host is not an allowed one or stands for an address on a private network. For
 * {@link io.liveresponse.model.FailureCode#BLOB_HOST_REFUSED}; the message names the host and the address, nothing of the link.
 */
public final class AddressRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    AddressRefusedException(String message) {
        super(message);
    }
}
