package io.liveresponse.intake;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Iterator;

/**
 * A JSON array. Each element is read as it stands and judged by itself, so that one that names a field twice costs no other; what
 * stands behind a syntax error cannot be read, and is rejected as one entry.
 */
final class JsonEntries implements Iterator<RequestEntry> {

    private final MappingIterator<TokenBuffer> elements;
    private final RequestReader reader;
    private RequestEntry next;
    private boolean broken;

    JsonEntries(MappingIterator<TokenBuffer> elements, RequestReader reader) {
        this.elements = elements;
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
            if (!broken && elements.hasNextValue()) {
                next = reader.entry(line(), text(elements.nextValue()));
            }
        } catch (IOException e) {
            broken = true;
            next = RequestEntry.rejected(line(), "", new LiveResponseException(FailureCode.REQUEST_INVALID,
                    "the JSON array breaks off or is malformed here; all entries before were read, none from here on"));
        }
    }

    private static String text(TokenBuffer element) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = RequestReader.JSON.createGenerator(text)) {
            element.serialize(out);
        }
        return text.toString();
    }

    private long line() {
        return elements.getCurrentLocation().getLineNr();
    }
}
