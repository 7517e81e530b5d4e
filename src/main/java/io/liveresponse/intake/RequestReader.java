package io.liveresponse.intake;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.Body;

/**
 * Reads requests from JSON (an object or an array), JSON lines, or CSV with a header line. One bad entry is one rejected
 * entry; the rest goes on. Entries are read as they are asked for, so a file of any length takes little memory. Thread-safe.
 */
public final class RequestReader {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectReader AS_IT_STANDS = new JsonMapper().readerFor(TokenBuffer.class);
    private static final byte[] LITTLE_ENDIAN = {(byte) 0xff, (byte) 0xfe};
    private static final byte[] BIG_ENDIAN = {(byte) 0xfe, (byte) 0xff};
    private static final List<String> FIELDS = List.of("tenant", "machineActionId", "commandIndex");
    private static final Pattern SEPARATORS = Pattern.compile("[_\\s-]");
    private static final int LOOK_AHEAD = 64 * 1024;
    private static final String EXAMPLE =
            "{\"tenant\": \"contoso\", \"machineActionId\": \"5382f7ea-7557-4ab7-9782-d50480024a4e\", \"commandIndex\": 0}";

    private final Supplier<List<String>> tenants;

    /** @param tenants the names configured; asked for at each entry */
    public RequestReader(Supplier<List<String>> tenants) {
        this.tenants = tenants;
    }

    /**
     * The entries of a file or message body, in their order.
     *
     * @throws IOException where the bytes cannot be read; what they hold never throws
     */
    public Iterator<RequestEntry> entries(@Body InputStream body) throws IOException {
        BufferedReader reader = new BufferedReader(decoded(body), LOOK_AHEAD);
        String start = lookAhead(reader);
        if (start.startsWith("[")) {
            return new JsonEntries(AS_IT_STANDS.readValues(reader), this);
        }
        if (start.startsWith("{")) {
            boolean oneObject = start.length() < LOOK_AHEAD && isJson(start);
            return oneObject ? List.of(entry(1, start)).iterator() : new LineEntries(reader, this);
        }
        return CsvEntries.read(reader, start, this);
    }

    /** As {@link #entries}, some hundred at a time. */
    public Iterator<RequestChunk> chunks(@Body InputStream body) throws IOException {
        return RequestChunk.of(entries(body));
    }

    /**
     * The one request that an embedding route asks for: a {@link Request}, a map or JSON text with the same three names.
     *
     * @throws LiveResponseException REQUEST_INVALID or REQUEST_TENANT_UNKNOWN
     */
    public Request one(@Body Object body) throws LiveResponseException {
        if (body instanceof Request request) {
            return known(request);
        }
        if (body instanceof Map<?, ?> map) {
            return request(JSON.valueToTree(map));
        }
        try {
            return request(JSON.readTree(body instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(body)));
        } catch (IOException e) {
            throw notJson();
        }
    }

    /**
     * The one result that a request asks for.
     *
     * @throws LiveResponseException REQUEST_INVALID where it stands for a whole action
     */
    public ResultKey keyOf(Request request) throws LiveResponseException {
        return request.key();
    }

    RequestEntry entry(long line, String text) {
        try {
            return entry(line, text, JSON.readTree(text));
        } catch (IOException e) {
            return RequestEntry.rejected(line, text, notJson());
        }
    }

    RequestEntry entry(long line, String text, JsonNode node) {
        try {
            return RequestEntry.accepted(line, text, request(node));
        } catch (LiveResponseException e) {
            return RequestEntry.rejected(line, text, e);
        }
    }

    /** CSV knows text only, and an empty cell stands for none. */
    RequestEntry entry(long line, String text, Map<String, String> row) {
        ObjectNode node = JSON.createObjectNode();
        row.forEach((name, value) -> {
            if (value != null && !value.isBlank()) {
                node.put(name, value.strip());
            }
        });
        String index = node.path("commandIndex").asText("");
        if (index.matches("\\d{1,9}")) {
            node.put("commandIndex", Integer.parseInt(index));
        }
        return entry(line, text, node);
    }

    private Request request(JsonNode node) throws LiveResponseException {
        if (!node.isObject()) {
            throw invalid("a request is an object such as " + EXAMPLE);
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
            mistyped(names.next());
        }
        return known(Request.of(tenant(node), text(node, "machineActionId"), commandIndex(node), ActionFacts.UNKNOWN));
    }

    /** Further fields are their sender's business; but a commandIndex that is spelt otherwise must not come to mean all commands. */
    private static void mistyped(String name) throws LiveResponseException {
        for (String field : FIELDS) {
            if (!name.equals(field) && SEPARATORS.matcher(name).replaceAll("").equalsIgnoreCase(field)) {
                throw invalid(name + " is no field of a request; did you mean " + field + "?");
            }
        }
    }

    private Request known(Request request) throws LiveResponseException {
        if (!tenants.get().contains(request.tenant())) {
            throw new LiveResponseException(FailureCode.REQUEST_TENANT_UNKNOWN,
                    "tenant " + request.tenant() + " is not one of live-response.tenants");
        }
        return request;
    }

    private String tenant(JsonNode node) throws LiveResponseException {
        List<String> names = tenants.get();
        return node.hasNonNull("tenant") || names.size() != 1 ? text(node, "tenant") : names.get(0);
    }

    private static String text(JsonNode node, String name) throws LiveResponseException {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw invalid(name + " is missing or no text; a request looks like " + EXAMPLE);
        }
        return value.textValue().strip();
    }

    private static Integer commandIndex(JsonNode node) throws LiveResponseException {
        JsonNode value = node.path("commandIndex");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw invalid("commandIndex must be a whole number from 0, without quotes");
        }
        return value.intValue();
    }

    /** UTF-8, or UTF-16 where its mark says so: what PowerShell 5 writes with {@code >}. */
    private static Reader decoded(InputStream body) throws IOException {
        PushbackInputStream in = new PushbackInputStream(body, 2);
        byte[] start = in.readNBytes(2);
        in.unread(start);
        boolean utf16 = Arrays.equals(start, LITTLE_ENDIAN) || Arrays.equals(start, BIG_ENDIAN);
        return new InputStreamReader(in, utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }

    /** What the text starts with, up to the look-ahead; the reader is left at the first character that is neither blank nor a mark. */
    private static String lookAhead(BufferedReader reader) throws IOException {
        int c;
        do {
            reader.mark(LOOK_AHEAD);
            c = reader.read();
        } while (c == '\uFEFF' || Character.isWhitespace(c));
        reader.reset();
        char[] start = new char[LOOK_AHEAD];
        int length = Math.max(0, reader.read(start, 0, start.length));
        reader.reset();
        return new String(start, 0, length);
    }

    private static boolean isJson(String text) {
        try {
            JSON.readTree(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static LiveResponseException notJson() {
        return invalid("this is no JSON, or names a field twice; a request looks like " + EXAMPLE);
    }

    private static LiveResponseException invalid(String what) {
        return new LiveResponseException(FailureCode.REQUEST_INVALID, what);
    }
}
