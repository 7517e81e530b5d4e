package io.liveresponse.intake;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CSV with a header line, separated by commas or, as some spreadsheets write it, semicolons or tabs. A row that is malformed costs
 * that row only: one parser over the whole text would take all that follows an open quote for one cell.
 */
final class CsvEntries implements Iterator<RequestEntry> {

    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .build();

    private final CsvLines lines;
    private final ObjectReader row;
    private final List<String> columns;
    private final RequestReader reader;

    private CsvEntries(CsvLines lines, ObjectReader row, List<String> columns, RequestReader reader) {
        this.lines = lines;
        this.row = row;
        this.columns = columns;
        this.reader = reader;
    }

    static Iterator<RequestEntry> read(BufferedReader source, String start, RequestReader reader) {
        String header = start.lines().findFirst().orElse("");
        char separator = header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
        ObjectReader row = CSV.readerFor(String[][].class).with(CsvSchema.emptySchema().withColumnSeparator(separator));
        CsvLines lines = new CsvLines(source, text -> cells(row, text) != null);
        List<String> columns = lines.hasNext() ? cells(row, lines.next()) : null;
        if (columns == null || !columns.contains("machineActionId")) {
            return List.of(rejected(1, header, "this is neither JSON nor CSV with the header line tenant,machineActionId,commandIndex"))
                    .iterator();
        }
        return new CsvEntries(lines, row, columns, reader);
    }

    @Override
    public boolean hasNext() {
        return lines.hasNext();
    }

    @Override
    public RequestEntry next() {
        String text = lines.next();
        List<String> cells = cells(row, text);
        if (cells == null) {
            return rejected(lines.number(), text, "this line is no CSV: a quote is not closed, or something stands behind a closed one");
        }
        if (cells.stream().skip(columns.size()).anyMatch(cell -> !cell.isBlank())) {
            return rejected(lines.number(), text, "this line does not fit the header line: it has more cells");
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
            named.put(columns.get(i), cells.get(i));
        }
        return reader.entry(lines.number(), text, named);
    }

    /** Null where the text is not one row. */
    private static List<String> cells(ObjectReader row, String text) {
        try {
            String[][] rows = row.readValue(text);
            return rows.length == 1 ? List.of(rows[0]) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static RequestEntry rejected(long line, String text, String why) {
        return RequestEntry.rejected(line, text, new LiveResponseException(FailureCode.REQUEST_INVALID, why));
    }
}
