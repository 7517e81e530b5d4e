package io.liveresponse.intake;

import java.io.BufferedReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.StringJoiner;
import java.util.function.Predicate;

/**
 * The rows of a CSV text, blank lines left out. A row goes over several lines where a quoted cell does (RFC 4180, 2.6); a quote
 * that is never closed, or not within {@link #LONGEST_ROW} lines, leaves its line a row by itself.
 */
final class CsvLines implements Iterator<String> {

    private static final int LONGEST_ROW = 100;

    private final Iterator<String> source;
    private final Predicate<String> isRow;
    private final Deque<String> ahead = new ArrayDeque<>();
    private long number;

    /** @param isRow whether lines joined are one well-formed row */
    CsvLines(BufferedReader source, Predicate<String> isRow) {
        this.source = source.lines().iterator();
        this.isRow = isRow;
    }

    @Override
    public boolean hasNext() {
        while (look(1) && ahead.peekFirst().isBlank()) {
            take();
        }
        return !ahead.isEmpty();
    }

    @Override
    public String next() {
        String line = take();
        if (isClosed(line)) {
            return line;
        }
        StringJoiner row = new StringJoiner("\n").add(line);
        boolean closed = false;
        int more = 0;
        while (!closed && more < LONGEST_ROW && look(more + 1)) {
            String following = ahead.stream().skip(more++).findFirst().orElseThrow();
            row.add(following);
            closed = !isClosed(following);
        }
        if (!closed || !isRow.test(row.toString())) {
            return line;
        }
        for (int i = 0; i < more; i++) {
            take();
        }
        return row.toString();
    }

    /** @return the line on which what {@link #next} gave ends, from 1 */
    long number() {
        return number;
    }

    private static boolean isClosed(String line) {
        return line.chars().filter(c -> c == '"').count() % 2 == 0;
    }

    private boolean look(int lines) {
        while (ahead.size() < lines && source.hasNext()) {
            ahead.addLast(source.next());
        }
        return ahead.size() >= lines;
    }

    private String take() {
        number++;
        return ahead.removeFirst();
    }
}
