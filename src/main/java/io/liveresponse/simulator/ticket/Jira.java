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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jira's REST API, versions 2 and 3, as far as tickets need it: create, search by label, comment, attach. As with the true one
 * the search may lag behind, and nothing keeps two issues from bearing the same label. Thread-safe.
 */
public final class Jira implements Endpoint, TicketSystem {

    /** The one project. */
    public static final String PROJECT = "SOC";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH = Pattern.compile("/rest/api/([23])/(search|search/jql|issue(?:/([^/]+)/(comment|attachments))?)");
    private static final Pattern LABEL_QUERY = Pattern.compile("\\s*labels\\s*=\\s*\"([^\"\\\\]*)\"\\s*");
    private static final Pattern LABEL = Pattern.compile("lr-(.+)-([0-9a-f-]{36})-(\\d{1,4})");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");
    private static final int SHOWN_FILE = 200;

    private final Map<String, Ticket> issues = new LinkedHashMap<>();
    private final Clock clock;
    private final TicketLogin login;
    private Duration lag = Duration.ZERO;

    public Jira(Clock clock, TicketLogin login) {
        this.clock = clock;
        this.login = login;
    }

    /** The issues as the ticket system holds them: their fields, comments and attachments. */
    @Override
    public synchronized List<Ticket> tickets() {
        return issues.values().stream()
                .map(issue -> new Ticket(issue.id(), issue.idempotencyKey(), issue.body().deepCopy(), issue.opened())).toList();
    }

    /** How many issues bear a label of ours that an earlier one bears. */
    @Override
    public synchronized int duplicates() {
        Set<String> seen = new HashSet<>();
        return (int) issues.values().stream().filter(issue -> !seen.add(issue.idempotencyKey())).count();
    }

    /** How long after an issue was created the search begins to find it. */
    public synchronized void searchLagsBehind(Duration time) {
        lag = time;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        boolean cloud = path.group(1).equals("3");
        String issue = path.group(3);
        return switch (request.method() + " " + (issue == null ? path.group(2) : path.group(4))) {
            case "GET search", "GET search/jql" -> matched(EndpointKind.TICKET_LOOKUP, request, null,
                    () -> search(request, cloud == path.group(2).equals("search/jql")));
            case "POST issue" -> matched(EndpointKind.TICKET, request, labelOf(json(request).path("fields")), () -> create(request, cloud));
            case "POST comment" -> matched(EndpointKind.TICKET_NOTE, request, null, () -> comment(issue, request, cloud));
            case "POST attachments" -> matched(EndpointKind.TICKET_FILE, request, null, () -> attach(issue, request));
            default -> Optional.empty();
        };
    }

    private Optional<Matched> matched(EndpointKind kind, Incoming request, String label, Supplier<Reply> answer) {
        Matcher parts = LABEL.matcher(label == null ? "" : label);
        ResultKey key = parts.matches() ? new ResultKey(parts.group(1), parts.group(2), Integer.parseInt(parts.group(3))) : null;
        return Optional.of(new Matched(kind, key == null ? null : key.tenant(), key,
                () -> login.admits(request)
                        ? Optional.empty()
                        : Optional.of(error(401, "You are not authenticated. Authentication required to perform this operation.")),
                fault -> answer.get()));
    }

    private synchronized Reply search(Incoming request, boolean served) {
        if (!served) {
            return error(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.");
        }
        Matcher query = LABEL_QUERY.matcher(String.valueOf(request.params().get("jql")));
        if (!query.matches()) {
            return error(400, "Error in the JQL Query: this double knows labels = \"…\" alone.");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode found = answer.putArray("issues");
        String fields = request.params().contains("fields") ? request.params().get("fields") : "";
        issues.values().stream().filter(issue -> issue.opened().plus(lag).compareTo(clock.instant()) <= 0)
                .filter(issue -> query.group(1).equalsIgnoreCase(issue.idempotencyKey()))
                .forEach(issue -> found.addObject().put("id", issue.body().path("id").asText()).put("key", issue.id())
                        .set("fields", ((ObjectNode) issue.body().path("fields").deepCopy()).retain(fields.split(","))));
        return Reply.json(200, answer);
    }

    private synchronized Reply create(Incoming request, boolean cloud) {
        JsonNode fields = json(request).path("fields");
        ObjectNode errors = JsonNodeFactory.instance.objectNode();
        if (!fields.path("project").path("key").asText().equals(PROJECT)) {
            errors.put("project", "valid project is required");
        }
        if (!Set.of("Task", "Bug", "Incident").contains(fields.path("issuetype").path("name").asText())) {
            errors.put("issuetype", "Specify a valid issue type");
        }
        String summary = fields.path("summary").asText();
        if (summary.isBlank() || summary.contains("\n") || summary.length() > 255) {
            errors.put("summary", "The summary is invalid: one line of at most 255 characters is needed.");
        }
        if (!isText(fields.path("description"), cloud)) {
            errors.put("description", cloud ? "Operation value must be an Atlassian Document" : "Operation value must be a string");
        }
        for (JsonNode label : fields.path("labels")) {
            if (label.asText().contains(" ") || label.asText().length() > 255) {
                errors.put("labels", "The label '" + label.asText() + "' contains spaces which is invalid.");
            }
        }
        if (!errors.isEmpty()) {
            return error(400, errors);
        }
        String id = Integer.toString(10_001 + issues.size());
        String key = PROJECT + "-" + (issues.size() + 1);
        ObjectNode issue = JsonNodeFactory.instance.objectNode().put("id", id).put("key", key);
        ObjectNode held = fields.deepCopy();
        issue.set("fields", held);
        held.putObject("comment").putArray("comments");
        held.putArray("attachment");
        issues.put(key, new Ticket(key, labelOf(fields), issue, clock.instant()));
        return Reply.json(201, JsonNodeFactory.instance.objectNode().put("id", id).put("key", key));
    }

    private synchronized Reply comment(String key, Incoming request, boolean cloud) {
        JsonNode body = json(request).path("body");
        if (!issues.containsKey(key)) {
            return error(404, "Issue does not exist or you do not have permission to see it.");
        }
        if (!isText(body, cloud)) {
            return error(400, JsonNodeFactory.instance.objectNode().put("comment", "Comment body is not valid!"));
        }
        fields(key).path("comment").withArrayProperty("comments").addObject().set("body", body);
        return Reply.json(201, JsonNodeFactory.instance.objectNode().put("id", "1"));
    }

    private synchronized Reply attach(String key, Incoming request) {
        if (!issues.containsKey(key)) {
            return error(404, "Issue does not exist or you do not have permission to see it.");
        }
        if (!"no-check".equals(request.headers().get("X-Atlassian-Token"))) {
            return error(403, "XSRF check failed");
        }
        String body = request.body().toString("ISO-8859-1");
        Matcher name = FILE_NAME.matcher(body);
        if (!name.find()) {
            return error(400, "No file was given.");
        }
        int start = body.indexOf("\r\n\r\n") + 4;
        String content = body.substring(start, body.lastIndexOf("\r\n--"));
        fields(key).withArrayProperty("attachment").addObject().put("filename", name.group(1)).put("size", content.length())
                .put("begins", content.substring(0, Math.min(SHOWN_FILE, content.length())));
        return Reply.json(200,
                JsonNodeFactory.instance.arrayNode().add(JsonNodeFactory.instance.objectNode().put("filename", name.group(1))));
    }

    private ObjectNode fields(String key) {
        return (ObjectNode) issues.get(key).body().path("fields");
    }

    private static boolean isText(JsonNode text, boolean cloud) {
        boolean document = text.path("type").asText().equals("doc") && text.path("version").asInt() == 1 && text.path("content").isArray();
        return (cloud ? document : text.isTextual()) && text.toString().length() < 70_000;
    }

    private static String labelOf(JsonNode fields) {
        for (JsonNode label : fields.path("labels")) {
            if (LABEL.matcher(label.asText()).matches()) {
                return label.asText();
            }
        }
        return null;
    }

    private static Reply error(int status, String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("errorMessages").add(message);
        json.putObject("errors");
        return Reply.json(status, json);
    }

    private static Reply error(int status, ObjectNode errors) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("errorMessages");
        json.set("errors", errors);
        return Reply.json(status, json);
    }

    private static JsonNode json(Incoming request) {
        try {
            return JSON.readTree(request.body().toString());
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /** The settings that make it the product's ticket system, as Cloud. */
    @Override
    public Map<String, String> settings(String ticketUrl) {
        return Map.of(
                "live-response.deliver.ticket.kind", "jira",
                "live-response.deliver.ticket.url", ticketUrl,
                "live-response.deliver.ticket.project", PROJECT,
                "live-response.deliver.ticket.user", TicketLogin.USER,
                "live-response.deliver.ticket.token", login.secret());
    }
}
