package io.liveresponse.rows;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * RFC 4180 with a header. A record is put together line by line until its quotes are even and then parsed by itself, so that a quote
 * without end costs one record and not the rest.
 */
final class CsvRecords implements RecordSource {

    // what Export-Csv and ConvertTo-Csv of Windows PowerShell begin with
    private static final String TYPE_LINE = "#TYPE ";

    private final OutputLines lines;
    private final Set<String> wanted;
    private final CsvReader.CsvReaderBuilder parser;
    private List<String> header;
    private boolean ambiguous;

    CsvRecords(RowRule rule, OutputLines lines) {
        this.lines = lines;
        this.wanted = rule.columns().stream().map(RowColumn::from).collect(Collectors.toSet());
        this.parser = CsvReader.builder().fieldSeparator(rule.delimiter());
    }

    @Override
    public RawRecord next() throws IOException {
        OutputLines.Line line = lines.next();
        while (line != null && (line.isBlank() || header == null && line.text().startsWith(TYPE_LINE))) {
            line = lines.next();
        }
        if (line == null) {
            return null;
        }
        RawRecord record = read(line);
        if (record == null) {
            return next();
        }
        return record;
    }

    /** Null for the header. */
    private RawRecord read(OutputLines.Line first) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        for (OutputLines.Line line = first; line != null; line = quoted ? lines.next() : null) {
            if (line.tooLong()) {
                return RawRecord.reject(line.number(), RejectCode.LINE_TOO_LONG, line.text());
            }
            if (text.length() + line.text().length() > OutputLines.MAX_RECORD) {
                return RawRecord.reject(first.number(), RejectCode.RECORD_TOO_LARGE, text.toString());
            }
            text.append(line.number() == first.number() ? "" : "\n").append(line.text());
            quoted ^= line.text().chars().filter(c -> c == '"').count() % 2 == 1;
        }
        try {
            return quoted
                    ? RawRecord.reject(first.number(), RejectCode.CSV_MALFORMED, text.toString())
                    : record(first.number(), text.toString(), parser.ofSingleCsvRecord(text.toString()).getFields());
        } catch (CsvParseException | IllegalArgumentException e) {
            return RawRecord.reject(first.number(), RejectCode.CSV_MALFORMED, text.toString());
        }
    }

    private RawRecord record(long line, String text, List<String> values) {
        if (header == null) {
            header = values.stream().map(String::strip).toList();
            Set<String> seen = new HashSet<>();
            ambiguous = header.stream().anyMatch(name -> !seen.add(name) && wanted.contains(name));
            return null;
        }
        if (ambiguous) {
            return RawRecord.reject(line, RejectCode.HEADER_DUPLICATE, text);
        }
        if (values.size() != header.size()) {
            return RawRecord.reject(line, RejectCode.CSV_FIELD_COUNT, text);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            fields.put(header.get(i), values.get(i));
        }
        return RawRecord.of(line, fields, text);
    }
}
