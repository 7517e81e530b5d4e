package io.liveresponse.simulator.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A request with its body, as an endpoint sees it. {@code target} is the request line's, byte for byte. */
public record Incoming(String method, String target, MultiMap headers, MultiMap params, Buffer body) {

    private static final Pattern VERSION = Pattern.compile("^/api/v\\d+\\.\\d+/");

    /** Without the version of the Defender API, if the address names one: {@code /api/v1.0/x} is {@code /api/x}. */
    public String path() {
        int query = target.indexOf('?');
        return VERSION.matcher(query < 0 ? target : target.substring(0, query)).replaceFirst("/api/");
    }

    /** The path with percent escapes resolved; a {@code +} stays one. Never fails: what cannot be decoded stays as it is. */
    public String decodedPath() {
        try {
            return URLDecoder.decode(path().replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path();
        }
    }

    /** What follows the first question mark, byte for byte; empty if there is none. */
    public String rawQuery() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }
}
