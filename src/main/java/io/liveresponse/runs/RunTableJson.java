package io.liveresponse.runs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.ResultJson;
import io.liveresponse.model.RunTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Stream;

/** The JSON of a table, made row by row while it is read. Used by one thread. */
final class RunTableJson {

    private static final ObjectMapper MAPPER = ResultJson.mapper().addMixIn(RunTable.class, WithoutRows.class);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json;

    @JsonIgnoreProperties("rows")
    private interface WithoutRows {
    }

    private interface Step {
        void write() throws IOException;
    }

    private RunTableJson() throws IOException {
        json = MAPPER.createGenerator(bytes).useDefaultPrettyPrinter();
    }

    static InputStream of(RunTable table) {
        try {
            RunTableJson json = new RunTableJson();
            Stream<Step> rows = table.rows().stream().map(row -> () -> json.json.writePOJO(row));
            // flatMap in place of concat would make all rows before the first is read
            return LazyBytes.of(Stream.concat(Stream.concat(Stream.of(() -> json.begin(table)), rows), Stream.of(json::end))
                    .map(json::bytesOf));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin(RunTable table) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, JsonNode> field : MAPPER.<JsonNode>valueToTree(table).properties()) {
            json.writeFieldName(field.getKey());
            json.writeTree(field.getValue());
        }
        json.writeArrayFieldStart("rows");
    }

    private void end() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
    }

    private byte[] bytesOf(Step step) {
        try {
            step.write();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] written = bytes.toByteArray();
        bytes.reset();
        return written;
    }
}
