package io.liveresponse.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.liveresponse.failure.FailureCode;
import io.liveresponse.failure.LiveResponseException;
import java.io.IOException;
import java.util.Iterator;

/** A JSON array: what stands behind a syntax error cannot be read, and is rejected as one entry. */
final class JsonEntries implements Iterator<RequestEntry> {

    private final MappingIterator<JsonNode> nodes;
    private final RequestReader reader;
    private RequestEntry next;
    private boolean broken;

    JsonEntries(MappingIterator<JsonNode> nodes, RequestReader reader) {
        this.nodes = nodes;
        this.reader = reader;
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public RequestEntry next() {
        RequestEntry entry = next;
        advance();
        return entry;
    }

    private void advance() {
        next = null;
        try {
            if (!broken && nodes.hasNextValue()) {
                JsonNode node = nodes.nextValue();
                next = reader.entry(line(), node.toString(), node);
            }
        } catch (IOException e) {
            broken = true;
            next = RequestEntry.rejected(line(), "", new LiveResponseException(FailureCode.REQUEST_INVALID,
                    "the JSON array breaks off or is malformed here; all entries before were read, none from here on"));
        }
    }

    private long line() {
        return nodes.getCurrentLocation().getLineNr();
    }
}
