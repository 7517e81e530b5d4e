package io.liveresponse.request;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.liveresponse.failure.FailureCode;
import io.liveresponse.failure.LiveResponseException;
import java.io.IOException;
import java.io.Reader;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** CSV with a header line, separated by commas or, as some spreadsheets write it, semicolons or tabs. */
final class CsvEntries implements Iterator<RequestEntry> {

    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final MappingIterator<Map<String, String>> rows;
    private final RequestReader reader;

    private CsvEntries(MappingIterator<Map<String, String>> rows, RequestReader reader) {
        this.rows = rows;
        this.reader = reader;
    }

    static Iterator<RequestEntry> read(Reader source, String start, RequestReader reader) throws IOException {
        String header = start.lines().findFirst().orElse("");
        if (!header.contains("machineActionId")) {
            return List.of(RequestEntry.rejected(1, header, new LiveResponseException(FailureCode.REQUEST_INVALID,
                    "this is neither JSON nor CSV with the header line tenant,machineActionId,commandIndex"))).iterator();
        }
        char separator = header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
        return new CsvEntries(CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader().withColumnSeparator(separator))
                .readValues(source), reader);
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public RequestEntry next() {
        try {
            Map<String, String> row = rows.nextValue();
            return reader.entry(line(), String.join(",", row.values()), row);
        } catch (IOException e) {
            return RequestEntry.rejected(line(), "", new LiveResponseException(FailureCode.REQUEST_INVALID,
                    "this line does not fit the header line"));
        }
    }

    private long line() {
        return rows.getCurrentLocation().getLineNr();
    }
}
