package io.liveresponse.intake;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;

/**
 * The elements of a JSON array, each judged by itself: one that is malformed, names a field twice or is over the limit costs no
 * other. Only strings and brackets are told apart here, since Jackson cannot resume after an error or a limit; what is inside an
 * element, Jackson reads. Memory does not grow with an element. Not thread-safe.
 */
final class JsonEntries implements Iterator<RequestEntry> {

    private static final int END = -1;

    private final Reader source;
    private final RequestReader reader;
    private final StringBuilder text = new StringBuilder();
    private boolean cut;
    private long line = 1;
    private long lastLine = 1;
    private int read = ',';
    private boolean first = true;
    private RequestEntry next;

    /**
     * @param source at the bracket that opens the array
     * @throws UncheckedIOException if the source cannot be read; so does {@link #next}
     */
    JsonEntries(Reader source, RequestReader reader) {
        this.source = source;
        this.reader = reader;
        read();
        read = ',';
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
        switch (read) {
            case ',' -> next = element();
            case ']' -> next = afterTheEnd();
            default -> next = null;
        }
    }

    private RequestEntry element() {
        readElement();
        lastLine = text.isEmpty() ? line : lastLine;
        if (first && read == ']' && text.isEmpty()) {
            return afterTheEnd();
        }
        first = false;
        RequestEntry entry = cut ? reader.tooLarge(lastLine, text.toString()) : reader.entry(lastLine, text.toString());
        if (read != END) {
            return entry;
        }
        if (entry.isAccepted()) {
            // the next call says that the array breaks off
            read = ',';
            return entry;
        }
        return cut
                ? entry
                : reader.invalid(lastLine, text.toString(),
                        "the JSON array breaks off here; all entries before were read, none from here on");
    }

    /** Up to the comma or bracket behind the element, or the end of the text. */
    private void readElement() {
        text.setLength(0);
        cut = false;
        long depth = 0;
        boolean inString = false;
        while (true) {
            int c = read();
            if (c == END || !inString && depth == 0 && (c == ',' || c == ']')) {
                return;
            }
            keep(c);
            if (inString && c == '\\') {
                c = read();
                if (c != END) {
                    keep(c);
                }
            } else if (c == '"') {
                inString = !inString;
            } else if (!inString) {
                depth += c == '{' || c == '[' ? 1 : depth > 0 && (c == '}' || c == ']') ? -1 : 0;
            }
        }
    }

    private void keep(int c) {
        boolean blank = Character.isWhitespace(c);
        if (blank && text.isEmpty()) {
            return;
        }
        if (!blank) {
            lastLine = line;
        }
        cut |= text.length() == reader.maxEntry() && !blank;
        if (text.length() < reader.maxEntry()) {
            text.append((char) c);
        }
    }

    /** Text behind the array, such as a second array, is reported rather than ignored. */
    private RequestEntry afterTheEnd() {
        int c;
        do {
            c = read();
        } while (c != END && Character.isWhitespace(c));
        read = END;
        return c == END
                ? null
                : reader.invalid(line, String.valueOf((char) c),
                        "text follows the end of the JSON array; it was not read");
    }

    private int read() {
        try {
            read = source.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line += read == '\n' ? 1 : 0;
        return read;
    }
}
