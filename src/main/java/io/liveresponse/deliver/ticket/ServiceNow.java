package io.liveresponse.deliver.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultViews;
import io.liveresponse.model.SafeText;
import io.liveresponse.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * The calls of ServiceNow's Table API. A ticket is known by its {@code correlation_id}, which is the result's key, and tells
 * in {@code correlation_display} which result it has. Thread-safe.
 */
public final class ServiceNow {

    private static final String PREFIX = "live-response.deliver.ticket.";
    private static final String KEY = "correlation_id";
    private static final String STATE = "correlation_display";
    private static final String FIELDS = "sysparm_fields=sys_id,number," + KEY + "," + STATE;
    /** The lengths of the fields of the table task; the desk would cut longer texts without a word. */
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_TITLE = 160;
    private static final int LONGEST_TEXT = 4_000;

    private final Settings settings;
    private final ResultViews views;

    public ServiceNow(Settings settings, ResultViews views) {
        this.settings = settings;
        this.views = views;
    }

    /** Lays out the question whether there is a ticket. */
    public void lookup(Exchange exchange) {
        TicketCall.get(exchange, settings, table() + "?sysparm_query=" + TicketCall.encode(KEY + "=" + key(result(exchange)))
                + "&" + FIELDS + "&sysparm_limit=2");
    }

    /**
     * Reads the answer to it. A desk leaves out conditions on a field that the table or the login does not have and answers with
     * any record, so each must show the key.
     */
    public void found(Exchange exchange) throws LiveResponseException {
        Result result = result(exchange);
        JsonNode records = TicketCall.answer(exchange).path("result");
        if (!records.isArray()) {
            throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "the desk's answer holds no list of records");
        }
        exchange.removeVariable(DeliverVariables.TICKET);
        for (JsonNode ticket : records) {
            if (!ticket.path(KEY).asText().equals(key(result))) {
                throw new LiveResponseException(FailureCode.DELIVERY_REFUSED, "the desk answers with records that were not asked for;"
                        + " the table of " + PREFIX + "table must have the field " + KEY + ", and the login must be allowed to read it");
            }
        }
        if (!records.isEmpty()) {
            keep(exchange, records.get(0), Fingerprint.of(result).equals(records.get(0).path(STATE).asText()));
        }
    }

    /** Lays out the opening of a ticket. */
    public void create(Exchange exchange) {
        Result result = result(exchange);
        boolean urgent = "high".equals(exchange.getVariable(DeliverVariables.URGENCY, String.class));
        ObjectNode ticket = JsonNodeFactory.instance.objectNode()
                .put("short_description", SafeText.of(exchange.getVariable(DeliverVariables.TICKET_TITLE, String.class)).line(LONGEST_TITLE))
                .put("description", text(exchange))
                .put("urgency", settings.text(PREFIX + (urgent ? "urgency-high" : "urgency")));
        settings.find(PREFIX + "assignment-group").ifPresent(group -> ticket.put("assignment_group", group));
        TicketFields.fill(ticket, settings, views.text(result));
        mark(ticket, result);
        TicketCall.send(exchange, settings, "POST", table() + "?" + FIELDS, ticket);
        Settling.begin(exchange, settings);
    }

    /** Reads the answer to it. */
    public void created(Exchange exchange) throws LiveResponseException {
        keep(exchange, TicketCall.answer(exchange).path("result"), true);
        Settling.end(exchange);
    }

    /** Lays out the work note that tells of another result than the ticket's. One call, so that it is done whole or not at all. */
    public void note(Exchange exchange) {
        String id = exchange.getVariable(DeliverVariables.TICKET, Ticket.class).id();
        ObjectNode change = JsonNodeFactory.instance.objectNode().put("work_notes", text(exchange));
        mark(change, result(exchange));
        TicketCall.send(exchange, settings, "PATCH", table() + "/" + TicketCall.encode(id) + "?" + FIELDS, change);
    }

    private static void mark(ObjectNode ticket, Result result) {
        ticket.put(KEY, key(result)).put(STATE, Fingerprint.of(result));
    }

    /** In a journal field the desk takes what stands in {@code [code]} for HTML. */
    private static String text(Exchange exchange) {
        String text = exchange.getVariable(DeliverVariables.TICKET_TEXT, String.class).replaceAll("(?i)\\[(/?code)]", "[ $1 ]");
        return SafeText.of(text).limit(Integer.MAX_VALUE, LONGEST_TEXT).plain();
    }

    private static void keep(Exchange exchange, JsonNode ticket, boolean current) throws LiveResponseException {
        String id = TicketCall.identifier(ticket.path("sys_id"));
        String number = ticket.path("number").isTextual() ? TicketCall.identifier(ticket.path("number")) : id;
        exchange.setVariable(DeliverVariables.TICKET, new Ticket(id, number, current, Set.of()));
    }

    private String table() {
        return "/api/now/table/" + TicketCall.encode(settings.text(PREFIX + "table"));
    }

    private static Result result(Exchange exchange) {
        return exchange.getVariable(DeliverVariables.RESULT, Result.class);
    }

    /** The key itself but for a tenant with a very long name, whose key the desk would cut. */
    private static String key(Result result) {
        String key = result.key().toString();
        if (key.length() <= LONGEST_KEY) {
            return key;
        }
        try {
            return "lr-" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
