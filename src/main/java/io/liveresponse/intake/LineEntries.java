package io.liveresponse.intake;

import java.io.BufferedReader;
import java.util.Iterator;

/** JSON lines: a line that is no JSON costs that line only. */
final class LineEntries implements Iterator<RequestEntry> {

    private final Iterator<String> lines;
    private final RequestReader reader;
    private long line;
    private String next;

    LineEntries(BufferedReader source, RequestReader reader) {
        this.lines = source.lines().iterator();
        this.reader = reader;
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public RequestEntry next() {
        RequestEntry entry = reader.entry(line, next);
        advance();
        return entry;
    }

    private void advance() {
        next = null;
        while (next == null && lines.hasNext()) {
            line++;
            String candidate = lines.next();
            next = candidate.isBlank() ? null : candidate;
        }
    }
}
