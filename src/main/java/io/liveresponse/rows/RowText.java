package io.liveresponse.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A row or reject as fields, as a JSON object and as CSV cells. Thread-safe. */
final class RowText {

    /** The columns of every table of rejects. */
    static final List<String> REJECT_COLUMNS = rejectColumns();

    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    private RowText() {
    }

    private static List<String> rejectColumns() {
        List<String> columns = new ArrayList<>(RowOrigin.COLUMNS);
        columns.remove("noAnswer");
        columns.addAll(List.of("line", "code", "reason", "excerpt"));
        return List.copyOf(columns);
    }

    /** The columns of a rule's table. */
    static List<String> columns(RowRule rule) {
        List<String> columns = new ArrayList<>(RowOrigin.COLUMNS);
        columns.addAll(rule.columnNames());
        return columns;
    }

    /** Every column in its order, also those without a value. */
    static Map<String, Object> fields(RowItem item) {
        RowOrigin origin = item.origin();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("tenant", origin.tenant());
        fields.put("deviceId", origin.deviceId());
        fields.put("deviceName", origin.deviceName());
        fields.put("machineActionId", origin.machineActionId());
        fields.put("commandIndex", (long) origin.commandIndex());
        fields.put("scriptName", origin.scriptName());
        fields.put("scriptSha256", origin.scriptSha256());
        fields.put("time", origin.time());
        fields.put("rowNumber", item.rowNumber());
        fields.put("rowId", item.rowId());
        if (item instanceof Row row) {
            fields.put("noAnswer", row.noAnswer());
            fields.putAll(row.values());
        } else if (item instanceof Reject reject) {
            fields.put("line", reject.line());
            fields.put("code", reject.code().name());
            fields.put("reason", reject.reason());
            fields.put("excerpt", reject.excerpt());
        }
        return fields;
    }

    /** One line of JSON with its line feed; fields without a value are null. */
    static void writeLine(Map<String, Object> fields, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature());
            json.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                write(field.getValue(), json);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void write(Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof JsonNode node) {
            json.writeTree(node);
        } else {
            json.writeString(value.toString());
        }
    }

    /** For a writer that quotes every cell; text that a spreadsheet would take for a formula is none (OWASP, CSV injection). */
    static List<String> cells(Map<String, Object> fields) {
        List<String> cells = new ArrayList<>(fields.size());
        for (Object value : fields.values()) {
            if (value == null) {
                cells.add("");
            } else if (value instanceof BigDecimal number) {
                cells.add(number.toPlainString());
            } else if (value instanceof Long || value instanceof Boolean) {
                cells.add(value.toString());
            } else {
                cells.add(SafeText.of(value.toString()).csvCell());
            }
        }
        return cells;
    }
}
