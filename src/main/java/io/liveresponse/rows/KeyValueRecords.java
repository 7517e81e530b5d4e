package io.liveresponse.rows;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@code name : value} a line, records separated by blank lines, as PowerShell's Format-List prints them. A line that begins with a
 * blank, if the names of its record do not, continues the value before it, joined by one blank: the console wrapped it there.
 */
final class KeyValueRecords implements RecordSource {

    private final RowRule rule;
    private final OutputLines lines;

    KeyValueRecords(RowRule rule, OutputLines lines) {
        this.rule = rule;
        this.lines = lines;
    }

    @Override
    public RawRecord next() throws IOException {
        OutputLines.Line line = lines.next();
        while (line != null && (line.isBlank() || LineRecords.isIgnored(rule, line))) {
            line = lines.next();
        }
        return line == null ? null : read(line);
    }

    /** To the blank line behind the record, also if the record is a reject. */
    private RawRecord read(OutputLines.Line first) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        RejectCode code = null;
        String name = null;
        int size = 0;
        int indent = indentOf(first.text());
        for (OutputLines.Line line = first; line != null && !line.isBlank(); line = lines.next()) {
            if (LineRecords.isIgnored(rule, line)) {
                continue;
            }
            size += line.text().length();
            int separator = line.text().indexOf(rule.separator());
            RejectCode wrong = null;
            if (line.tooLong()) {
                wrong = RejectCode.LINE_TOO_LONG;
            } else if (size > OutputLines.MAX_RECORD) {
                wrong = RejectCode.RECORD_TOO_LARGE;
            } else if (name != null && indentOf(line.text()) > indent) {
                String continued = line.text().strip();
                fields.compute(name, (key, value) -> value.isEmpty() ? continued : value + " " + continued);
            } else if (separator < 0) {
                wrong = RejectCode.SEPARATOR_MISSING;
            } else {
                name = line.text().substring(0, separator).strip();
                wrong = fields.putIfAbsent(name, line.text().substring(separator + 1).strip()) == null ? null : RejectCode.NAME_DUPLICATE;
            }
            code = code == null ? wrong : code;
            if (code != null) {
                fields.clear();
                name = null;
            }
        }
        return code == null ? RawRecord.of(first.number(), fields, first.text()) : RawRecord.reject(first.number(), code, first.text());
    }

    private static int indentOf(String text) {
        int indent = 0;
        while (indent < text.length() && (text.charAt(indent) == ' ' || text.charAt(indent) == '\t')) {
            indent++;
        }
        return indent;
    }
}
