package io.liveresponse.intake;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.Body;

/**
 * Reads requests from JSON (an object or an array), JSON lines, or CSV with a header line. An invalid entry is one rejected entry;
 * the rest is read. Entries are read when they are asked for, and none beyond its limit, so memory grows neither with the text nor
 * with an entry. Thread-safe.
 */
public final class RequestReader {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final byte[] LITTLE_ENDIAN = {(byte) 0xff, (byte) 0xfe};
    private static final byte[] BIG_ENDIAN = {(byte) 0xfe, (byte) 0xff};
    private static final List<String> FIELDS = List.of("tenant", "machineActionId", "commandIndex");
    private static final Pattern SEPARATORS = Pattern.compile("[_\\s-]");
    private static final int BUFFER = 64 * 1024;
    private static final String EXAMPLE = "{\"tenant\": \"contoso\", \"machineActionId\": \"5382f7ea-7557-4ab7-9782-d50480024a4e\", \"commandIndex\": 0}";

    private final Supplier<? extends Collection<String>> tenants;
    private final int maxEntry;

    /**
     * @param tenants  the configured names; looked up for each entry
     * @param maxEntry the longest line, CSV row or JSON element that is read, in characters; a longer one is rejected with
     *                 REQUEST_TOO_LARGE
     */
    public RequestReader(Supplier<? extends Collection<String>> tenants, int maxEntry) {
        this.tenants = tenants;
        this.maxEntry = maxEntry;
    }

    /**
     * The entries of a file or message body, in their order.
     *
     * @throws IOException if the bytes cannot be read; what they hold never throws. The iterator throws it unchecked
     */
    Iterator<RequestEntry> entries(InputStream body) throws IOException {
        BufferedReader reader = new BufferedReader(decoded(body), BUFFER);
        String start = lookAhead(reader);
        if (start.startsWith("[")) {
            return new JsonEntries(reader, this);
        }
        if (start.startsWith("{")) {
            boolean oneObject = start.length() <= maxEntry && isJson(start);
            return oneObject ? List.of(entry(1, start)).iterator() : new LineEntries(reader, this);
        }
        return CsvEntries.read(reader, this);
    }

    /** As {@link #entries}, some hundred at a time; the body is closed after the last. */
    public RequestChunks chunks(@Body InputStream body) throws IOException {
        return new RequestChunks(entries(body), body);
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
     * @throws LiveResponseException REQUEST_INVALID if the request stands for a whole action
     */
    public ResultKey keyOf(Request request) throws LiveResponseException {
        return request.key();
    }

    int maxEntry() {
        return maxEntry;
    }

    /** @param start of the entry; the rest was not kept */
    RequestEntry tooLarge(long line, String start) {
        return RequestEntry.rejected(line, start, new LiveResponseException(FailureCode.REQUEST_TOO_LARGE, "this entry has more than "
                + maxEntry + " characters; split it, or raise live-response.intake.max-entry-size"));
    }

    RequestEntry invalid(long line, String text, String why) {
        return RequestEntry.rejected(line, text, invalid(why));
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

    /** CSV knows text only; an empty cell means that the field is missing. */
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

    /** Other fields are ignored; but a misspelt commandIndex must not come to mean all commands. */
    private static void mistyped(String name) throws LiveResponseException {
        for (String field : FIELDS) {
            if (!name.equals(field) && SEPARATORS.matcher(name).replaceAll("").equalsIgnoreCase(field)) {
                throw invalid(name + " is not a field of a request; did you mean " + field + "?");
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
        Collection<String> names = tenants.get();
        return node.hasNonNull("tenant") || names.size() != 1 ? text(node, "tenant") : names.iterator().next();
    }

    private static String text(JsonNode node, String name) throws LiveResponseException {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw invalid(name + " is missing or not text; a request looks like " + EXAMPLE);
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

    /** UTF-8, or UTF-16 if the byte order mark says so: PowerShell 5 writes it with {@code >}. */
    private static Reader decoded(InputStream body) throws IOException {
        PushbackInputStream in = new PushbackInputStream(body, 2);
        byte[] start = in.readNBytes(2);
        in.unread(start);
        boolean utf16 = Arrays.equals(start, LITTLE_ENDIAN) || Arrays.equals(start, BIG_ENDIAN);
        return new InputStreamReader(in, utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }

    /**
     * The start of the text, one character more than an entry may have. The reader stays at the first character that is neither
     * blank nor a byte order mark.
     */
    private String lookAhead(BufferedReader reader) throws IOException {
        int c;
        do {
            reader.mark(1);
            c = reader.read();
        } while (c == '\uFEFF' || Character.isWhitespace(c));
        reader.reset();
        char[] start = new char[maxEntry + 1];
        reader.mark(start.length);
        int length = 0;
        for (int n = 0; n >= 0 && length < start.length; n = reader.read(start, length, start.length - length)) {
            length += n;
        }
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
        return invalid("this is not JSON, or a field is given twice; a request looks like " + EXAMPLE);
    }

    private static LiveResponseException invalid(String what) {
        return new LiveResponseException(FailureCode.REQUEST_INVALID, what);
    }
}
