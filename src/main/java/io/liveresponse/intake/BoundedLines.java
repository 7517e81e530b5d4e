package io.liveresponse.intake;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;

/**
 * The lines of a text. Of a line over the limit only the start is kept and the rest is skipped, so that memory does not grow with
 * the line. Not thread-safe.
 */
final class BoundedLines implements Iterator<BoundedLines.Line> {

    /**
     * One line.
     *
     * @param number from 1
     * @param text   without its line end; of a line over the limit, the start
     * @param isCut  whether the line is over the limit
     */
    record Line(long number, String text, boolean isCut) {
    }

    private static final int END = -1;

    private final Reader source;
    private final int limit;
    private long number;
    private int ahead;

    /**
     * @param source buffered
     * @param limit  in characters
     * @throws UncheckedIOException if the source cannot be read; so does {@link #next}
     */
    BoundedLines(Reader source, int limit) {
        this.source = source;
        this.limit = limit;
        this.ahead = read();
    }

    @Override
    public boolean hasNext() {
        return ahead != END;
    }

    @Override
    public Line next() {
        StringBuilder text = new StringBuilder();
        boolean cut = false;
        for (; ahead != END && ahead != '\n' && ahead != '\r'; ahead = read()) {
            cut = text.length() == limit;
            if (!cut) {
                text.append((char) ahead);
            }
        }
        if (ahead == '\r') {
            ahead = read();
        }
        if (ahead == '\n') {
            ahead = read();
        }
        return new Line(++number, text.toString(), cut);
    }

    private int read() {
        try {
            return source.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
