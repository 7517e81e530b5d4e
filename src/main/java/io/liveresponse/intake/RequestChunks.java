package io.liveresponse.intake;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The entries of one file or message in chunks, each read when it is asked for and counted. After an error it throws that error
 * again and gives nothing more: whoever retries must not take the part already read for the whole. Closes its source at the end and
 * at an error. Not thread-safe.
 */
public final class RequestChunks implements Iterator<RequestChunk> {

    private static final int SIZE = 500;

    private final Iterator<RequestEntry> entries;
    private final Closeable source;
    private long accepted;
    private long rejected;
    private RuntimeException failure;

    RequestChunks(Iterator<RequestEntry> entries, Closeable source) {
        this.entries = entries;
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        if (failure != null) {
            throw failure;
        }
        boolean more = entries.hasNext();
        if (!more) {
            close();
        }
        return more;
    }

    /** @throws java.io.UncheckedIOException if the source cannot be read */
    @Override
    public RequestChunk next() {
        if (failure != null) {
            throw failure;
        }
        List<RequestEntry> chunk = new ArrayList<>(SIZE);
        try {
            do {
                chunk.add(entries.next());
            } while (chunk.size() < SIZE && entries.hasNext());
        } catch (RuntimeException e) {
            failure = e;
            close();
            throw e;
        }
        long requests = chunk.stream().filter(RequestEntry::isAccepted).count();
        accepted += requests;
        rejected += chunk.size() - requests;
        return new RequestChunk(chunk);
    }

    /** How many requests the chunks given so far hold. */
    public long accepted() {
        return accepted;
    }

    /** How many entries of the chunks given so far are invalid. */
    public long rejected() {
        return rejected;
    }

    private void close() {
        try {
            source.close();
        } catch (IOException e) {
            // all of it was read, or the error is already on its way
        }
    }
}
