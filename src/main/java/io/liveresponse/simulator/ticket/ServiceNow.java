package io.liveresponse.simulator.ticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ServiceNow's Table API as far as tickets need it: create, query, change, client credentials. As the true one it leaves out a
 * condition on a field that the table does not have, cuts what is too long, and opens a second ticket for the same
 * {@code correlation_id} without a word. Thread-safe.
 */
public final class ServiceNow implements Endpoint, TicketSystem {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH = Pattern.compile("/api/now/table/([^/]+)(?:/([^/]+))?");
    private static final Set<String> TABLES = Set.of("incident", "sn_si_incident");
    /** The fields known to the table and their greatest lengths. */
    private static final Map<String, Integer> LENGTHS = Map.ofEntries(Map.entry("short_description", 160), Map.entry("description", 4_000),
            Map.entry("work_notes", 4_000), Map.entry("correlation_id", 100), Map.entry("correlation_display", 100),
            Map.entry("urgency", 40), Map.entry("impact", 40), Map.entry("category", 40), Map.entry("assignment_group", 32),
            Map.entry("cmdb_ci", 32), Map.entry("number", 40), Map.entry("sys_id", 32));
    private static final int FIRST_NUMBER = 10_001;

    private final Map<String, ObjectNode> records = new LinkedHashMap<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private final Map<String, Instant> created = new HashMap<>();
    private final Set<String> dropped = ConcurrentHashMap.newKeySet();
    private final Set<String> mandatory = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private final TicketLogin login;
    private Duration lag = Duration.ZERO;

    public ServiceNow(Clock clock, TicketLogin login) {
        this.clock = clock;
        this.login = login;
    }

    /** The records as the ticket system holds them; {@code work_notes} is the list of all notes. */
    @Override
    public synchronized List<Ticket> tickets() {
        return tickets.stream().map(ticket -> new Ticket(ticket.id(), ticket.idempotencyKey(), ticket.body().deepCopy(), ticket.opened()))
                .toList();
    }

    /** How many records were posted with the correlation id of an earlier one, be it kept or dropped. */
    @Override
    public synchronized int duplicates() {
        Set<String> seen = new HashSet<>();
        return (int) tickets.stream().filter(ticket -> !seen.add(ticket.idempotencyKey())).count();
    }

    /** From now on a record without this field is refused, as by a data policy. */
    public void require(String field) {
        mandatory.add(field);
    }

    /** How long after a record was created a query begins to find it. */
    public synchronized void searchLagsBehind(Duration time) {
        lag = time;
    }

    /** From now on this field is left out of what is written, without a word, as by an access rule for fields. */
    public void dropSilently(String field) {
        dropped.add(field);
    }

    /** From now on every token issued so far is refused. */
    public void revokeTokens() {
        login.revokeTokens();
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        if (request.path().equals("/oauth_token.do") && request.method().equals("POST")) {
            return Optional.of(Matched.open(EndpointKind.TICKET_TOKEN, null, null, () -> login.token(request)));
        }
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        String id = path.group(2);
        return switch (request.method()) {
            case "GET" -> matched(EndpointKind.TICKET_LOOKUP, request, null, () -> query(path.group(1), id, request));
            case "POST" -> matched(EndpointKind.TICKET, request, key(json(request).path("correlation_id").asText()),
                    () -> create(path.group(1), request));
            case "PATCH" -> matched(EndpointKind.TICKET_NOTE, request, null, () -> change(id, request));
            default -> Optional.empty();
        };
    }

    private Optional<Matched> matched(EndpointKind kind, Incoming request, ResultKey key, Supplier<Reply> answer) {
        return Optional.of(new Matched(kind, key == null ? null : key.tenant(), key,
                () -> login.admits(request)
                        ? Optional.empty()
                        : Optional.of(error(401, "User Not Authenticated", "Required to provide Auth information")),
                fault -> answer.get()));
    }

    private synchronized Reply query(String table, String id, Incoming request) {
        if (!TABLES.contains(table)) {
            return error(400, "Invalid table " + table, null);
        }
        String query = request.params().contains("sysparm_query") ? request.params().get("sysparm_query") : "";
        int limit = request.params().contains("sysparm_limit") ? Integer.parseInt(request.params().get("sysparm_limit")) : 10_000;
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        records.values().stream().filter(record -> id == null ? isIndexed(record) : record.path("sys_id").asText().equals(id))
                .filter(record -> fits(record, query)).limit(limit).forEach(record -> found.add(shown(record, request)));
        return Reply.json(200, JsonNodeFactory.instance.objectNode().set("result", found));
    }

    /** A query runs over an index that lags behind; a record read by its id does not. */
    private boolean isIndexed(ObjectNode record) {
        return !created.get(record.path("sys_id").asText()).plus(lag).isAfter(clock.instant());
    }

    private static boolean fits(ObjectNode record, String query) {
        for (String alternative : query.split("\\^OR|\\^NQ")) {
            boolean fits = true;
            for (String condition : alternative.split("\\^")) {
                int equals = condition.indexOf('=');
                boolean known = equals > 0 && LENGTHS.containsKey(condition.substring(0, equals));
                fits &= !known || record.path(condition.substring(0, equals)).asText().equalsIgnoreCase(condition.substring(equals + 1));
            }
            if (fits) {
                return true;
            }
        }
        return false;
    }

    private synchronized Reply create(String table, Incoming request) {
        JsonNode body = json(request);
        if (!TABLES.contains(table)) {
            return error(400, "Invalid table " + table, null);
        }
        if (!body.isObject()) {
            return error(400, "Exception while reading request", "The payload is not valid JSON");
        }
        List<String> missing = mandatory.stream().filter(field -> body.path(field).asText().isEmpty()).sorted().toList();
        if (!missing.isEmpty()) {
            return error(403, "Operation Failed",
                    "Data Policy Exception: The following fields are mandatory: " + String.join(", ", missing));
        }
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        String id = String.format(Locale.ROOT, "%032x", records.size() + 1);
        record.put("sys_id", id).put("number", "INC" + String.format(Locale.ROOT, "%07d", FIRST_NUMBER + records.size()));
        record.putArray("work_notes");
        write(record, body);
        records.put(id, record);
        created.put(id, clock.instant());
        tickets.add(new Ticket(record.path("number").asText(), body.path("correlation_id").asText(), record, clock.instant()));
        return Reply.json(201, JsonNodeFactory.instance.objectNode().set("result", shown(record, request)));
    }

    private synchronized Reply change(String id, Incoming request) {
        ObjectNode record = records.get(id);
        if (record == null) {
            return error(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");
        }
        write(record, json(request));
        return Reply.json(200, JsonNodeFactory.instance.objectNode().set("result", shown(record, request)));
    }

    private void write(ObjectNode record, JsonNode body) {
        body.properties().forEach(field -> {
            Integer length = LENGTHS.get(field.getKey());
            if (length != null && !dropped.contains(field.getKey())) {
                String text = field.getValue().asText();
                String cut = text.substring(0, Math.min(length, text.length()));
                if (field.getKey().equals("work_notes")) {
                    record.withArrayProperty("work_notes").add(cut);
                } else {
                    record.put(field.getKey(), cut);
                }
            }
        });
    }

    private static ObjectNode shown(ObjectNode record, Incoming request) {
        String fields = request.params().get("sysparm_fields");
        return fields == null ? record.deepCopy() : record.deepCopy().retain(fields.split(","));
    }

    private static Reply error(int status, String message, String detail) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("message", message).put("detail", detail);
        return Reply.json(status, json.put("status", "failure"));
    }

    private static JsonNode json(Incoming request) {
        try {
            return JSON.readTree(request.body().toString());
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private static ResultKey key(String correlationId) {
        String[] parts = correlationId.split("/");
        return parts.length == 3 ? new ResultKey(parts[0], parts[1], Integer.parseInt(parts[2])) : null;
    }

    /** The settings that make it the product's ticket system. */
    @Override
    public Map<String, String> settings(String ticketUrl) {
        return Map.of(
                "live-response.deliver.ticket.kind", "servicenow",
                "live-response.deliver.ticket.url", ticketUrl,
                "live-response.deliver.ticket.user", TicketLogin.USER,
                "live-response.deliver.ticket.password", login.secret());
    }
}
