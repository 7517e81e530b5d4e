package io.liveresponse.intake;

import io.liveresponse.intake.BoundedLines.Line;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The rows of a CSV text; blank lines are skipped. A row spans several lines if a quoted cell does (RFC 4180, 2.6). A quote that is
 * not closed within {@value #LONGEST_ROW} lines and the limit of an entry leaves its line a row by itself. Not thread-safe.
 */
final class CsvLines implements Iterator<Line> {

    private static final int LONGEST_ROW = 100;

    private final BoundedLines source;
    private final int limit;
    private final Predicate<String> isRow;
    private final List<Line> ahead = new ArrayList<>();

    /**
     * @param limit of a row, in characters
     * @param isRow whether lines joined are one well-formed row
     */
    CsvLines(BoundedLines source, int limit, Predicate<String> isRow) {
        this.source = source;
        this.limit = limit;
        this.isRow = isRow;
    }

    @Override
    public boolean hasNext() {
        while (look(0) && ahead.get(0).text().isBlank() && !ahead.get(0).isCut()) {
            ahead.remove(0);
        }
        return !ahead.isEmpty();
    }

    /** A row of several lines has the number of its last. */
    @Override
    public Line next() {
        Line line = ahead.get(0);
        int end = line.isCut() || isClosed(line.text()) ? 0 : closing(line.text().length());
        if (end > 0) {
            List<Line> lines = ahead.subList(0, end + 1);
            String row = String.join("\n", lines.stream().map(Line::text).toList());
            if (isRow.test(row)) {
                line = new Line(lines.get(end).number(), row, false);
                lines.clear();
                return line;
            }
        }
        ahead.remove(0);
        return line;
    }

    /** Which line closes the quote that the first leaves open; 0 if none does. */
    private int closing(int length) {
        int joined = length;
        for (int i = 1; i <= LONGEST_ROW && look(i) && !ahead.get(i).isCut(); i++) {
            joined += 1 + ahead.get(i).text().length();
            if (joined > limit) {
                return 0;
            }
            if (!isClosed(ahead.get(i).text())) {
                return i;
            }
        }
        return 0;
    }

    private static boolean isClosed(String line) {
        return line.chars().filter(c -> c == '"').count() % 2 == 0;
    }

    private boolean look(int index) {
        while (ahead.size() <= index && source.hasNext()) {
            ahead.add(source.next());
        }
        return ahead.size() > index;
    }
}
