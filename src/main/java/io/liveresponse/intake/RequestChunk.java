package io.liveresponse.intake;

import io.liveresponse.model.Request;
import java.util.List;

/**
 * Entries that are recorded together: few enough for memory, enough for one commit to be worth it.
 *
 * @param entries in their order; at least one
 */
public record RequestChunk(List<RequestEntry> entries) {

    public RequestChunk {
        entries = List.copyOf(entries);
    }

    public List<Request> requests() {
        return entries.stream().filter(RequestEntry::isAccepted).map(RequestEntry::request).toList();
    }

    public List<RequestEntry> rejected() {
        return entries.stream().filter(entry -> !entry.isAccepted()).toList();
    }
}
