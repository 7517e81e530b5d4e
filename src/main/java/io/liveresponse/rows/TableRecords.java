package io.liveresponse.rows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * PowerShell's Format-Table: a header, a line of hyphens below it, one record a line, a blank line at the end. A text is printed from
 * the beginning of its hyphens to the right, a number up to their end from the left, so two columns are parted at the last blank
 * between their hyphens.
 */
final class TableRecords implements RecordSource {

    private final RowRule rule;
    private final OutputLines lines;
    private final Set<String> wanted;
    private List<Column> columns = List.of();
    private boolean inTable;

    /** A column's name and the place of its hyphens. */
    private record Column(String name, int start, int end) {
    }

    TableRecords(RowRule rule, OutputLines lines) {
        this.rule = rule;
        this.lines = lines;
        this.wanted = rule.columns().stream().map(RowColumn::from).collect(Collectors.toSet());
    }

    @Override
    public RawRecord next() throws IOException {
        for (OutputLines.Line line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                inTable = false;
            } else if (line.tooLong()) {
                return line.reject(RejectCode.LINE_TOO_LONG);
            } else if (inTable && !LineRecords.isIgnored(rule, line)) {
                return record(line);
            } else if (!LineRecords.isIgnored(rule, line)) {
                OutputLines.Line below = lines.next();
                if (below == null || !isHyphens(below.text())) {
                    if (below != null) {
                        lines.unread(below);
                    }
                    return line.reject(RejectCode.HEADER_MISSING);
                }
                columns = columns(line.text(), below.text());
                inTable = !columns.isEmpty();
                if (!inTable) {
                    return line.reject(RejectCode.COLUMNS_NOT_ALIGNED);
                }
                if (isTwice()) {
                    inTable = false;
                    return line.reject(RejectCode.HEADER_DUPLICATE);
                }
            }
        }
        return null;
    }

    private static boolean isHyphens(String text) {
        return text.indexOf('-') >= 0 && text.chars().allMatch(c -> c == '-' || c == ' ');
    }

    private static List<Column> columns(String header, String hyphens) {
        List<int[]> places = new ArrayList<>();
        for (int start = hyphens.indexOf('-'); start >= 0; start = hyphens.indexOf('-', places.get(places.size() - 1)[1])) {
            int end = start;
            while (end < hyphens.length() && hyphens.charAt(end) == '-') {
                end++;
            }
            places.add(new int[]{start, end});
        }
        List<String> names = cells(header, places);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; names != null && i < places.size(); i++) {
            columns.add(new Column(names.get(i), places.get(i)[0], places.get(i)[1]));
        }
        return columns;
    }

    private boolean isTwice() {
        Set<String> seen = new HashSet<>();
        return columns.stream().anyMatch(column -> !seen.add(column.name()) && wanted.contains(column.name()));
    }

    private RawRecord record(OutputLines.Line line) {
        List<String> cells = cells(line.text(), columns.stream().map(column -> new int[]{column.start(), column.end()}).toList());
        if (cells == null) {
            return line.reject(RejectCode.COLUMNS_NOT_ALIGNED);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (wanted.contains(columns.get(i).name()) && (cell.endsWith("...") || cell.endsWith("…"))) {
                return line.reject(RejectCode.VALUE_CUT);
            }
            fields.put(columns.get(i).name(), cell);
        }
        return RawRecord.of(line.number(), fields, line.text());
    }

    /** Null if two columns are not parted by a blank. */
    private static List<String> cells(String text, List<int[]> places) {
        List<String> cells = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < places.size(); i++) {
            int to = text.length();
            if (i + 1 < places.size() && places.get(i + 1)[0] < text.length()) {
                to = text.lastIndexOf(' ', places.get(i + 1)[0] - 1);
                if (to < places.get(i)[1]) {
                    return null;
                }
            }
            cells.add(text.substring(Math.min(from, text.length()), Math.max(Math.min(from, text.length()), to)).strip());
            from = to;
        }
        return cells;
    }
}
