package io.liveresponse.intake;

import java.io.Reader;
import java.util.Iterator;

/** JSON lines; blank lines are skipped. A line that is not JSON or over the limit costs that line only. Not thread-safe. */
final class LineEntries implements Iterator<RequestEntry> {

    private final BoundedLines lines;
    private final RequestReader reader;
    private BoundedLines.Line next;

    LineEntries(Reader source, RequestReader reader) {
        this.lines = new BoundedLines(source, reader.maxEntry());
        this.reader = reader;
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public RequestEntry next() {
        BoundedLines.Line line = next;
        advance();
        return line.isCut() ? reader.tooLarge(line.number(), line.text()) : reader.entry(line.number(), line.text());
    }

    private void advance() {
        next = null;
        while (next == null && lines.hasNext()) {
            BoundedLines.Line line = lines.next();
            next = line.text().isBlank() && !line.isCut() ? null : line;
        }
    }
}
