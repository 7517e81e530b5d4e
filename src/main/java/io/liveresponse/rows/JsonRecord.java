package io.liveresponse.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Reads one JSON object from a parser in bounded memory: of an object that is too large, nested too deeply or names something twice,
 * the rest is skipped, and the parser stands behind it. For one thread, one object.
 */
final class JsonRecord {

    /** The limits below which a value counts as data and not as a bomb. */
    static final int MAX_DEPTH = 64;

    // what the parser itself gives up at, with the rest of the document
    private static final int PARSER_DEPTH = 1_000;
    private static final int PARSER_STRING = 1_048_576;
    private static final int PARSER_NUMBER = 1_000;
    // what a node costs beside its text
    private static final int NODE_SIZE = 16;

    private static final JsonNodeFactory NODES = new JsonNodeFactory(true);
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(PARSER_STRING).maxNameLength(PARSER_STRING)
                    .maxNestingDepth(PARSER_DEPTH).maxNumberLength(PARSER_NUMBER).build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // names come from outside: a table that remembers them would grow
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser json;
    private int size;
    private RejectCode code;

    private JsonRecord(JsonParser json) {
        this.json = json;
    }

    static JsonFactory factory() {
        return FACTORY;
    }

    /** Reads the value at the parser's position; the record's line is the value's plus {@code linesBefore}. */
    static RawRecord read(JsonParser json, long linesBefore) throws IOException {
        long line = linesBefore + json.currentTokenLocation().getLineNr();
        JsonRecord record = new JsonRecord(json);
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return RawRecord.reject(line, RejectCode.JSON_NOT_AN_OBJECT, "");
        }
        JsonNode node = record.value(1);
        return record.code == null
                ? RawRecord.of(line, (ObjectNode) node)
                : RawRecord.reject(line, record.code, node == null ? "" : shortened(node));
    }

    private static String shortened(JsonNode node) {
        StringBuilder names = new StringBuilder("{");
        node.fieldNames().forEachRemaining(name -> {
            if (names.length() < 100) {
                names.append(name, 0, Math.min(name.length(), 100)).append(" ");
            }
        });
        return names.append("…").toString();
    }

    /** Null for a value that is not kept. */
    private JsonNode value(int depth) throws IOException {
        size += NODE_SIZE;
        return switch (json.currentToken()) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private JsonNode object(int depth) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            size += name.length();
            json.nextToken();
            if (keeps(depth)) {
                JsonNode value = value(depth + 1);
                if (object.replace(name, value) != null) {
                    code = RejectCode.NAME_DUPLICATE;
                }
            } else {
                json.skipChildren();
            }
        }
        return object;
    }

    private JsonNode array(int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == null) {
                return array;
            }
            if (keeps(depth)) {
                array.add(value(depth + 1));
            } else {
                json.skipChildren();
            }
        }
        return array;
    }

    private boolean keeps(int depth) {
        if (code == null && depth >= MAX_DEPTH) {
            code = RejectCode.JSON_TOO_COMPLEX;
        } else if (code == null && size > OutputLines.MAX_RECORD) {
            code = RejectCode.RECORD_TOO_LARGE;
        }
        return code == null;
    }

    private JsonNode text() throws IOException {
        String text = json.getText();
        size += text.length();
        if (size > OutputLines.MAX_RECORD) {
            code = code == null ? RejectCode.RECORD_TOO_LARGE : code;
            return NODES.nullNode();
        }
        return NODES.textNode(text);
    }

    /** As written: a double would round, and 1e999999999 must stay as it is until a column needs it. */
    private JsonNode number() throws IOException {
        String text = json.getText();
        size += text.length();
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && text.length() <= 18) {
            return NODES.numberNode(Long.parseLong(text));
        }
        return Numbers.decimal(text).<JsonNode>map(NODES::numberNode).orElseGet(() -> NODES.textNode(text));
    }
}
