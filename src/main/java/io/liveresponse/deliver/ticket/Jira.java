package io.liveresponse.deliver.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.SafeText;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;

/**
 * Jira's REST API, version 3 (Cloud) or 2 (Data Center). An issue is known by a label made from the result's key; its
 * description, or a comment, ends in a line that tells which result it has. Thread-safe.
 */
public final class Jira implements TicketSystem {

    private static final String FIELDS = "&fields=labels,description,comment,attachment&maxResults=2";
    private static final int LONGEST_TITLE = 250;
    private static final int NAME_PART = 12;

    private final TicketSettings settings;

    public Jira(TicketSettings settings) {
        this.settings = settings;
    }

    @Override
    public void lookup(Exchange exchange) {
        String query = "labels = \"" + label(TicketCall.result(exchange).key()) + "\"";
        TicketCall.lookup(exchange, path(isCloud() ? "/search/jql" : "/search") + "?jql=" + TicketCall.encode(query) + FIELDS);
    }

    @Override
    public void found(Exchange exchange) throws LiveResponseException {
        Result result = TicketCall.result(exchange);
        JsonNode issues = TicketCall.answer(exchange).path("issues");
        if (!issues.isArray()) {
            throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "the ticket system's answer holds no list of issues");
        }
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

    /** A description that the template gives as text becomes one that Jira shows as it is. */
    @Override
    public void create(Exchange exchange) throws LiveResponseException {
        ObjectNode issue = TicketCall.template(exchange, "ticket-jira.json");
        ObjectNode fields = issue.withObjectProperty("fields");
        if (fields.path("summary").isTextual()) {
            fields.put("summary", SafeText.of(fields.path("summary").textValue()).line(LONGEST_TITLE));
        }
        if (!fields.path("description").isObject()) {
            fields.set("description", text(exchange, fields.path("description").asText()));
        }
        fields.withArrayProperty("labels").add(label(TicketCall.result(exchange).key()));
        TicketCall.send(exchange, "POST", path("/issue"), issue, settings.settleTime());
    }

    @Override
    public void created(Exchange exchange) throws LiveResponseException {
        keep(exchange, TicketCall.answer(exchange), true, Set.of());
    }

    @Override
    public void comment(Exchange exchange) {
        ObjectNode comment = JsonNodeFactory.instance.objectNode();
        comment.set("body", text(exchange, exchange.getVariable(DeliverVariables.TICKET_TEXT, String.class)));
        TicketCall.send(exchange, "POST", issue(exchange) + "/comment", comment, settings.settleTime());
    }

    /** There are some, they are not too many, and the issue does not have them. */
    @Override
    public boolean wantsFile(Exchange exchange) {
        Result result = TicketCall.result(exchange);
        return result.blob() != null && result.blob().size() <= settings.maxAttachment()
                && !TicketCall.ticket(exchange).files().contains(fileName(result));
    }

    @Override
    public void attach(Exchange exchange) {
        Message message = TicketCall.prepare(exchange, "POST", issue(exchange) + "/attachments");
        Result result = TicketCall.result(exchange);
        message.setHeader("X-Atlassian-Token", "no-check");
        message.setBody(MultipartEntityBuilder.create()
                .addBinaryBody("file", result.blob().path().toFile(), ContentType.APPLICATION_OCTET_STREAM, fileName(result)).build());
    }

    /** Of the key and the bytes alone: no name from a device reaches a file system or a browser. */
    private static String fileName(Result result) {
        return result.commandIndex() + "-" + result.sha256().substring(0, NAME_PART)
                + switch (result.outcome()) {
                    case FILE_RETRIEVED, UNREADABLE -> ".bin";
                    default -> ".transcript.json";
                } + (result.blob().gzip() ? ".gz" : "");
    }

    /** The fingerprint in its last line makes the search tell whether the issue has this result. */
    private JsonNode text(Exchange exchange, String text) {
        return JiraText.of(text, "Result " + Fingerprint.of(TicketCall.result(exchange)), isCloud());
    }

    private static void keep(Exchange exchange, JsonNode issue, boolean current, Set<String> files) throws LiveResponseException {
        TicketCall.keep(exchange,
                new Ticket(TicketCall.identifier(issue.path("id")), TicketCall.identifier(issue.path("key")), current, files));
    }

    /** Letters, digits, - and _ alone: nothing that a query could take for an operator. */
    private static String label(ResultKey key) {
        return "lr-" + key.tenant() + "-" + key.machineActionId() + "-" + key.commandIndex();
    }

    /** If the login may not see labels, the search is believed. */
    private static boolean bears(JsonNode labels, String label) {
        boolean bears = !labels.isArray();
        for (JsonNode other : labels) {
            bears |= other.asText().equalsIgnoreCase(label);
        }
        return bears;
    }

    private boolean isCloud() {
        return settings.apiVersion().equals("3");
    }

    private String issue(Exchange exchange) {
        return path("/issue/" + TicketCall.encode(TicketCall.ticket(exchange).number()));
    }

    private String path(String rest) {
        return settings.url() + "/rest/api/" + settings.apiVersion() + rest;
    }
}
