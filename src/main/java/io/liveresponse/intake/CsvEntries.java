package io.liveresponse.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import io.liveresponse.intake.BoundedLines.Line;
import java.io.Reader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CSV with a header line, separated by commas or, as some spreadsheets write it, semicolons or tabs. A malformed row costs that row
 * only, which is why rows are parsed one by one: a parser over the whole text takes all that follows an open quote for one cell.
 * Not thread-safe.
 */
final class CsvEntries implements Iterator<RequestEntry> {

    private final CsvLines lines;
    private final CsvReaderBuilder csv;
    private final List<String> columns;
    private final RequestReader reader;

    private CsvEntries(CsvLines lines, CsvReaderBuilder csv, List<String> columns, RequestReader reader) {
        this.lines = lines;
        this.csv = csv;
        this.columns = columns;
        this.reader = reader;
    }

    /** The rows of a text; its first line that is not blank is the header line. */
    static Iterator<RequestEntry> read(Reader source, RequestReader reader) {
        CsvReaderBuilder csv = CsvReader.builder().trimWhitespacesAroundQuotes(true);
        CsvLines lines = new CsvLines(new BoundedLines(source, reader.maxEntry()), reader.maxEntry(), row -> cells(csv, row) != null);
        Line header = lines.hasNext() ? lines.next() : new Line(1, "", false);
        csv.fieldSeparator(header.text().contains(";") ? ';' : header.text().contains("\t") ? '\t' : ',');
        List<String> columns = header.isCut() ? null : cells(csv, header.text());
        if (columns == null || !columns.contains("machineActionId")) {
            return List.of(reader.invalid(1, header.text(),
                    "this is neither JSON nor CSV with the header line tenant,machineActionId,commandIndex")).iterator();
        }
        return new CsvEntries(lines, csv, columns, reader);
    }

    @Override
    public boolean hasNext() {
        return lines.hasNext();
    }

    @Override
    public RequestEntry next() {
        Line row = lines.next();
        if (row.isCut()) {
            return reader.tooLarge(row.number(), row.text());
        }
        List<String> cells = cells(csv, row.text());
        if (cells == null) {
            return reader.invalid(row.number(), row.text(), "this line is not CSV: a quote is not closed, or text follows a closed one");
        }
        if (cells.stream().skip(columns.size()).anyMatch(cell -> !cell.isEmpty())) {
            return reader.invalid(row.number(), row.text(), "this line does not fit the header line: it has more cells");
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
            named.put(columns.get(i), cells.get(i));
        }
        return reader.entry(row.number(), row.text(), named);
    }

    /** Null if the text is not one row. */
    private static List<String> cells(CsvReaderBuilder csv, String text) {
        try {
            return csv.ofSingleCsvRecord(text).getFields().stream().map(String::strip).toList();
        } catch (CsvParseException e) {
            return null;
        }
    }
}
