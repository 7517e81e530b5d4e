package io.liveresponse.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One row as a feed gives it to a sink. Immutable.
 *
 * @param rowId      never null
 * @param deviceName or null
 * @param time       never null
 * @param json       the row as one line of JSON, without line feed
 */
public record RowLine(String rowId, String deviceName, Instant time, String json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static RowLine of(byte[] line) throws IOException {
        JsonNode row = JSON.readTree(line);
        return new RowLine(row.path("rowId").asText(), row.path("deviceName").asText(null), Instant.parse(row.path("time").asText()),
                new String(line, StandardCharsets.UTF_8));
    }
}
