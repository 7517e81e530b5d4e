package io.liveresponse.rows;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One result's lines for one table, as CSV and as JSON lines, before they are committed to it. For one thread. */
final class PartFile implements Closeable {

    private final Path csv;
    private final Path jsonl;
    private OutputStream csvOut;
    private CsvWriter csvWriter;
    private OutputStream jsonOut;

    PartFile(Path folder, String name) {
        csv = folder.resolve(name + ".csv");
        jsonl = folder.resolve(name + ".jsonl");
    }

    Path csv() {
        return csv;
    }

    Path jsonl() {
        return jsonl;
    }

    boolean isEmpty() {
        return csvOut == null;
    }

    void add(RowItem item) throws IOException {
        if (csvOut == null) {
            Files.createDirectories(csv.getParent());
            csvOut = new BufferedOutputStream(Files.newOutputStream(csv));
            csvWriter = builder().build(csvOut, StandardCharsets.UTF_8);
            jsonOut = new BufferedOutputStream(Files.newOutputStream(jsonl), 1 << 16);
        }
        Map<String, Object> fields = RowText.fields(item);
        try {
            csvWriter.writeRecord(RowText.cells(fields));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        RowText.writeLine(fields, jsonOut);
    }

    /** The first line of a CSV file, with its end. */
    static String header(List<String> columns) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = builder().build(text)) {
            writer.writeRecord(columns);
        }
        return text.toString();
    }

    private static CsvWriter.CsvWriterBuilder builder() {
        return CsvWriter.builder().quoteStrategy(QuoteStrategies.ALWAYS).lineDelimiter(LineDelimiter.CRLF);
    }

    @Override
    @SuppressWarnings("try") // both are closed, whatever a flush throws
    public void close() throws IOException {
        if (csvOut != null) {
            try (OutputStream first = csvOut; OutputStream second = jsonOut) {
                csvWriter.flush();
                second.flush();
            }
        }
    }
}
