package io.liveresponse.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer before any fault is laid over it.
 *
 * @param code the error code in it, or null
 */
public record Reply(int status, Map<String, String> headers, Body body, String code) {

    public Reply(int status, Map<String, String> headers, Body body) {
        this(status, headers, body, null);
    }

    public static Reply json(int status, JsonNode json) {
        return new Reply(status, Map.of("Content-Type", "application/json; charset=utf-8"), BytesBody.of(json.toString()));
    }

    static Reply xml(int status, String xml) {
        return new Reply(status, Map.of("Content-Type", "application/xml"), BytesBody.of(xml));
    }

    Reply coded(String errorCode) {
        return new Reply(status, headers, body, errorCode);
    }

    /** The same with these headers added, in place of any of the same name whatever its case. */
    public Reply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        more.forEach((name, value) -> {
            all.keySet().removeIf(name::equalsIgnoreCase);
            all.put(name, value);
        });
        return new Reply(status, all, body, code);
    }
}
