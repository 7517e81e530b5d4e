package io.liveresponse.simulator.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bulk call of Elasticsearch and OpenSearch: {@code POST /_bulk} and {@code POST /{index}/_bulk}, with {@code create}
 * and {@code index}. The answer is 200 also if single rows are refused: 409 for a {@code create} whose {@code _id} is there,
 * 400 for a row that does not fit. {@link #received()} counts what was sent; {@link #documents} is what is held. Thread-safe.
 */
public final class ElasticsearchBulk implements Endpoint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH = Pattern.compile("/(?:([a-z0-9][^/]*)/)?_bulk");

    private final ReceivedRows received = new ReceivedRows();
    private final Map<String, Map<String, JsonNode>> indices = new TreeMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final String apiKey;

    public ElasticsearchBulk(String apiKey) {
        this.apiKey = apiKey;
    }

    /** A secret. */
    public String apiKey() {
        return apiKey;
    }

    /** Every row that was sent, also one that was refused or there already. */
    public ReceivedRows received() {
        return received;
    }

    /** What an index holds, by {@code _id}. */
    public synchronized Map<String, JsonNode> documents(String index) {
        return Map.copyOf(indices.getOrDefault(index, Map.of()));
    }

    /** From now on a row that has this field is refused, as by a mapping that it does not fit. */
    public void refusesField(String field) {
        refused.add(field);
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.decodedPath());
        if (!path.matches() || !"POST".equals(request.method())) {
            return Optional.empty();
        }
        return Optional.of(new Matched(EndpointKind.ELASTICSEARCH, null, null, path.group(1),
                () -> ("ApiKey " + apiKey).equals(request.headers().get("Authorization"))
                        ? Optional.empty()
                        : Optional.of(error(401, "security_exception", "unable to authenticate")),
                fault -> bulk(path.group(1), request)));
    }

    private synchronized Reply bulk(String index, Incoming request) {
        String body = request.body().toString();
        if (!body.endsWith("\n")) {
            return error(400, "illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]");
        }
        Map<Integer, JsonNode> lines = new LinkedHashMap<>();
        try {
            int number = 0;
            for (String line : body.split("\n")) {
                lines.put(number++, JSON.readTree(line));
            }
        } catch (JsonProcessingException e) {
            return error(400, "x_content_parse_exception", "Malformed line");
        }
        if (lines.size() % 2 != 0) {
            return error(400, "illegal_argument_exception", "An action has no source");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("took", 1);
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        boolean errors = false;
        for (int line = 0; line < lines.size(); line += 2) {
            ObjectNode item = one(index, lines.get(line), lines.get(line + 1));
            errors |= item.elements().next().path("status").asInt() >= 400;
            items.add(item);
        }
        answer.put("errors", errors).set("items", items);
        return Reply.json(200, answer);
    }

    private ObjectNode one(String defaultIndex, JsonNode action, JsonNode source) {
        boolean create = action.has("create");
        JsonNode target = action.path(create ? "create" : "index");
        String index = target.path("_index").asText(defaultIndex);
        String id = target.path("_id").asText();
        received.add(id, source);
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("_index", index).put("_id", id);
        Set<String> misfits = new TreeSet<>(refused);
        misfits.removeIf(field -> !source.has(field));
        Map<String, JsonNode> documents = indices.computeIfAbsent(String.valueOf(index), name -> new LinkedHashMap<>());
        if (target.isMissingNode() || index == null || !source.isObject() || !misfits.isEmpty()) {
            fail(result, 400, "document_parsing_exception", "failed to parse " + misfits);
        } else if (create && documents.containsKey(id)) {
            fail(result, 409, "version_conflict_engine_exception", "[" + id + "]: version conflict, document already exists");
        } else {
            String key = id.isEmpty() ? "auto-" + documents.size() : id;
            result.put("_id", key).put("status", documents.put(key, source) == null ? 201 : 200);
        }
        return JsonNodeFactory.instance.objectNode().set(create ? "create" : "index", result);
    }

    private static void fail(ObjectNode result, int status, String type, String reason) {
        result.put("status", status).putObject("error").put("type", type).put("reason", reason);
    }

    private static Reply error(int status, String type, String reason) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("type", type).put("reason", reason);
        return Reply.json(status, json.put("status", status));
    }
}
