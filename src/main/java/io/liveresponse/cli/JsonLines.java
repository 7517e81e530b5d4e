package io.liveresponse.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.liveresponse.model.ResultJson;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Prints records as JSON, one a line. What is not ASCII is escaped, so that a terminal shows it and obeys nothing in it. */
final class JsonLines {

    private static final ObjectWriter JSON = ResultJson.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private JsonLines() {
    }

    static void print(PrintWriter out, Object value) {
        try {
            out.println(JSON.writeValueAsString(value).replace("\u007f", "\\u007f"));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
