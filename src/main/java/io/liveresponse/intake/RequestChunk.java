package io.liveresponse.intake;

import io.liveresponse.model.Request;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Entries that are recorded together: few enough for memory, enough for one commit to be worth it.
 *
 * @param entries in their order; at least one
 */
public record RequestChunk(List<RequestEntry> entries) {

    private static final int SIZE = 500;

    public RequestChunk {
        entries = List.copyOf(entries);
    }

    /** The chunks of what the iterator still has, each read when it is asked for. */
    public static Iterator<RequestChunk> of(Iterator<RequestEntry> entries) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public RequestChunk next() {
                List<RequestEntry> chunk = new ArrayList<>(SIZE);
                do {
                    chunk.add(entries.next());
                } while (chunk.size() < SIZE && entries.hasNext());
                return new RequestChunk(chunk);
            }
        };
    }

    public List<Request> requests() {
        return entries.stream().filter(RequestEntry::isAccepted).map(RequestEntry::request).toList();
    }

    public List<RequestEntry> rejected() {
        return entries.stream().filter(entry -> !entry.isAccepted()).toList();
    }
}
