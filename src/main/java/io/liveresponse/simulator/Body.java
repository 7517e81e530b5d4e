package io.liveresponse.simulator;

import io.vertx.core.buffer.Buffer;

/** What an answer or a blob holds, readable piece by piece so that its size takes no memory. Immutable, thread-safe. */
interface Body {

    /** Bytes in all. */
    long length();

    /**
     * Some bytes.
     *
     * @param offset from 0, less than {@link #length()}
     * @param max    how many at most
     * @return at least one byte
     */
    Buffer read(long offset, int max);
}
