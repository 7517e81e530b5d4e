package io.liveresponse.simulator.http;

import io.vertx.core.buffer.Buffer;

/** What an answer or a blob holds, readable piece by piece so that its size takes no memory. Immutable, thread-safe. */
public interface Body {

    /** The length of a body without end. */
    long ENDLESS = Long.MAX_VALUE;

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
