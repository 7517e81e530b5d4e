package io.liveresponse.deliver.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.ResultViews;
import io.liveresponse.model.SafeText;
import io.liveresponse.settings.Settings;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;

/**
 * The calls of Jira's REST API, version 3 (Cloud) or 2 (Data Center). An issue is known by a label made from the result's
 * key; its description, or a comment, ends in a line that tells which result it has. Thread-safe.
 */
public final class Jira {

    private static final String PREFIX = "live-response.deliver.ticket.";
    private static final String FIELDS = "&fields=labels,description,comment,attachment&maxResults=2";
    private static final int LONGEST_TITLE = 250;
    private static final int NAME_PART = 12;

    private final Settings settings;
    private final ResultViews views;

    public Jira(Settings settings, ResultViews views) {
        this.settings = settings;
        this.views = views;
    }

    /** Lays out the question whether there is an issue. */
    public void lookup(Exchange exchange) {
        String query = "labels = \"" + label(result(exchange).key()) + "\"";
        TicketCall.get(exchange, settings, (isCloud() ? "/rest/api/3/search/jql" : "/rest/api/2/search")
                + "?jql=" + TicketCall.encode(query) + FIELDS);
    }

    /** Reads the answer to it. */
    public void found(Exchange exchange) throws LiveResponseException {
        Result result = result(exchange);
        JsonNode issues = TicketCall.answer(exchange).path("issues");
        if (!issues.isArray()) {
            throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "the desk's answer holds no list of issues");
        }
        exchange.removeVariable(DeliverVariables.TICKET);
        for (JsonNode issue : issues) {
            if (bears(issue.path("fields").path("labels"), label(result.key()))) {
                boolean current = issue.path("fields").path("description").toString().contains(Fingerprint.of(result))
                        || issue.path("fields").path("comment").toString().contains(Fingerprint.of(result));
                Set<String> files = new HashSet<>();
                issue.path("fields").path("attachment").forEach(file -> files.add(file.path("filename").asText()));
                keep(exchange, issue, current, files);
                return;
            }
        }
    }

    /** Lays out the creation of an issue. */
    public void create(Exchange exchange) {
        Result result = result(exchange);
        ObjectNode issue = JsonNodeFactory.instance.objectNode();
        ObjectNode fields = issue.putObject("fields");
        boolean urgent = "high".equals(exchange.getVariable(DeliverVariables.URGENCY, String.class));
        settings.find(PREFIX + "priority-high").filter(name -> urgent).or(() -> settings.find(PREFIX + "priority"))
                .ifPresent(name -> fields.putObject("priority").put("name", name));
        fields.put("summary", SafeText.of(exchange.getVariable(DeliverVariables.TICKET_TITLE, String.class)).line(LONGEST_TITLE));
        fields.set("description", text(exchange));
        TicketFields.fill(fields, settings, views.text(result));
        fields.withObjectProperty("project").put("key", settings.text(PREFIX + "project"));
        fields.withObjectProperty("issuetype").put("name", settings.text(PREFIX + "issue-type"));
        fields.withArrayProperty("labels").add(label(result.key()));
        TicketCall.send(exchange, settings, "POST", path("/issue"), issue);
        Settling.begin(exchange, settings);
    }

    /** Reads the answer to it. */
    public void created(Exchange exchange) throws LiveResponseException {
        keep(exchange, TicketCall.answer(exchange), true, Set.of());
        Settling.end(exchange);
    }

    /** Lays out the comment that tells of another result than the issue's. */
    public void comment(Exchange exchange) {
        ObjectNode comment = JsonNodeFactory.instance.objectNode();
        comment.set("body", text(exchange));
        TicketCall.send(exchange, settings, "POST", path("/issue/" + TicketCall.encode(ticket(exchange).number()) + "/comment"), comment);
        Settling.begin(exchange, settings);
    }

    /** Whether the bytes as received are to be attached: there are some, they are not too many, and the issue has not got them. */
    public boolean wantsFile(Exchange exchange) {
        Result result = result(exchange);
        return result.blob() != null && result.blob().size() <= settings.bytes(PREFIX + "max-attachment")
                && !ticket(exchange).files().contains(fileName(result));
    }

    /** Lays out their upload. */
    public void attach(Exchange exchange) {
        Message message = TicketCall.prepare(exchange, settings, "POST",
                path("/issue/" + TicketCall.encode(ticket(exchange).number()) + "/attachments"));
        Result result = result(exchange);
        message.setHeader("X-Atlassian-Token", "no-check");
        message.setBody(MultipartEntityBuilder.create()
                .addBinaryBody("file", result.blob().path().toFile(), ContentType.APPLICATION_OCTET_STREAM, fileName(result)).build());
    }

    /** Of the key and the bytes alone: no name from a device reaches the desk's file system or a browser. */
    private static String fileName(Result result) {
        return result.commandIndex() + "-" + result.sha256().substring(0, NAME_PART)
                + switch (result.outcome()) {
                    case FILE_RETRIEVED, UNREADABLE -> ".bin";
                    default -> ".transcript.json";
                } + (result.blob().gzip() ? ".gz" : "");
    }

    private JsonNode text(Exchange exchange) {
        return JiraText.of(exchange.getVariable(DeliverVariables.TICKET_TEXT, String.class),
                "Result " + Fingerprint.of(result(exchange)), isCloud());
    }

    private static void keep(Exchange exchange, JsonNode issue, boolean current, Set<String> files) throws LiveResponseException {
        exchange.setVariable(DeliverVariables.TICKET, new Ticket(
                TicketCall.identifier(issue.path("id")), TicketCall.identifier(issue.path("key")), current, files));
    }

    /** Letters, digits, - and _ alone: nothing that a query could take for an operator. */
    private static String label(ResultKey key) {
        return "lr-" + key.tenant() + "-" + key.machineActionId() + "-" + key.commandIndex();
    }

    /** A desk that does not show its labels is believed. */
    private static boolean bears(JsonNode labels, String label) {
        boolean bears = !labels.isArray();
        for (JsonNode other : labels) {
            bears |= other.asText().equalsIgnoreCase(label);
        }
        return bears;
    }

    private boolean isCloud() {
        return settings.text(PREFIX + "api-version").equals("3");
    }

    private String path(String rest) {
        return "/rest/api/" + settings.text(PREFIX + "api-version") + rest;
    }

    private static Result result(Exchange exchange) {
        return exchange.getVariable(DeliverVariables.RESULT, Result.class);
    }

    private static Ticket ticket(Exchange exchange) {
        return exchange.getVariable(DeliverVariables.TICKET, Ticket.class);
    }
}
