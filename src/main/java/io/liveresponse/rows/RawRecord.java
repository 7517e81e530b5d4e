package io.liveresponse.rows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.model.SafeText;
import java.util.Map;

/**
 * One record as a format reads it: fields, or why it has none.
 *
 * @param line    where it begins, from 1
 * @param fields  of a text format; null for JSON and for a reject
 * @param object  of a JSON format; null for a text format and for a reject
 * @param code    why it is a reject; else null
 * @param excerpt its beginning; never null
 */
record RawRecord(long line, Map<String, String> fields, ObjectNode object, RejectCode code, String excerpt) {

    private static final int SHOWN = 200;

    static RawRecord of(long line, Map<String, String> fields, String text) {
        return new RawRecord(line, fields, null, null, text);
    }

    static RawRecord of(long line, ObjectNode object) {
        return new RawRecord(line, null, object, null, "");
    }

    static RawRecord reject(long line, RejectCode code, String text) {
        return new RawRecord(line, null, null, code, text);
    }

    /** The excerpt as it may be shown. */
    String shown() {
        String text = object == null ? excerpt : object.toString();
        return SafeText.of(text.length() > 4 * SHOWN ? text.substring(0, 4 * SHOWN) : text).line(SHOWN);
    }
}
