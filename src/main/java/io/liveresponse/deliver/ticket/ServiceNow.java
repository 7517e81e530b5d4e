package io.liveresponse.deliver.ticket;

import static io.liveresponse.deliver.ticket.TicketSettings.PREFIX;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.deliver.Deliveries;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import io.liveresponse.model.SafeText;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * ServiceNow's Table API. A record is known by its {@code correlation_id}, which is the result's key, and tells in
 * {@code correlation_display} which result it has. Thread-safe.
 */
public final class ServiceNow implements TicketSystem {

    private static final String KEY = "correlation_id";
    private static final String STATE = "correlation_display";
    private static final String FIELDS = "sysparm_fields=sys_id,number," + KEY + "," + STATE;
    private static final String NOT_KEPT = "; the table of " + PREFIX + "table must have the field " + KEY
            + ", and an ACL must allow the login to read and write it";
    /** The lengths of the fields of the table task; ServiceNow cuts longer texts without an error. */
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_TITLE = 160;
    private static final int LONGEST_TEXT = 4_000;

    private final TicketSettings settings;
    private final Deliveries deliveries;

    /** @param deliveries knows the record of an earlier delivery */
    public ServiceNow(TicketSettings settings, Deliveries deliveries) {
        this.settings = settings;
        this.deliveries = deliveries;
    }

    /** Asks by key and, for a replay, by the number of the record that was delivered to. */
    @Override
    public void lookup(Exchange exchange) throws LiveResponseException {
        String query = earlier(exchange).map(number -> "number=" + number + "^OR").orElse("") + KEY + "="
                + key(TicketCall.result(exchange));
        TicketCall.lookup(exchange, table() + "?sysparm_query=" + TicketCall.encode(query) + "&" + FIELDS + "&sysparm_limit=3");
    }

    /**
     * ServiceNow ignores a condition on a field that the table or the login does not have and answers with any record, so each
     * must show what was asked for.
     */
    @Override
    public void found(Exchange exchange) throws LiveResponseException {
        JsonNode records = TicketCall.answer(exchange).path("result");
        if (!records.isArray()) {
            throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "the ticket system's answer holds no list of records");
        }
        String key = key(TicketCall.result(exchange));
        Optional<String> number = earlier(exchange);
        JsonNode match = null;
        for (JsonNode record : records) {
            boolean known = number.filter(record.path("number").asText()::equals).isPresent();
            if (!known && !record.path(KEY).asText().equals(key)) {
                throw new LiveResponseException(FailureCode.DELIVERY_REFUSED,
                        "the ticket system answers with records that were not asked for" + NOT_KEPT);
            }
            match = match == null || known ? record : match;
        }
        if (match != null) {
            keep(exchange, match, Fingerprint.of(TicketCall.result(exchange)).equals(match.path(STATE).asText()));
        }
    }

    @Override
    public void create(Exchange exchange) throws LiveResponseException {
        ObjectNode record = TicketCall.template(exchange, "ticket-servicenow.json");
        cut(record, "short_description", LONGEST_TITLE, true);
        cut(record, "description", LONGEST_TEXT, false);
        TicketCall.send(exchange, "POST", table() + "?" + FIELDS, marked(record, exchange), settings.settleTime());
    }

    /** @throws LiveResponseException DELIVERY_REFUSED if the record does not have its key; the record is remembered all the same */
    @Override
    public void created(Exchange exchange) throws LiveResponseException {
        JsonNode record = TicketCall.answer(exchange).path("result");
        Result result = TicketCall.result(exchange);
        Ticket ticket = keep(exchange, record, true);
        if (!record.path(KEY).asText().equals(key(result))) {
            deliveries.delivered(result.key(), exchange.getVariable(DeliverVariables.SINK, String.class), ticket.number());
            throw new LiveResponseException(FailureCode.DELIVERY_REFUSED, "the ticket system has created " + ticket.number()
                    + " but not kept its " + KEY + ", so a lost answer would open a second ticket" + NOT_KEPT);
        }
    }

    /** One call, so that note and mark are written together or not at all. */
    @Override
    public void comment(Exchange exchange) {
        ObjectNode change = JsonNodeFactory.instance.objectNode()
                .put("work_notes", shown(exchange.getVariable(DeliverVariables.TICKET_TEXT, String.class)));
        String id = TicketCall.ticket(exchange).id();
        TicketCall.send(exchange, "PATCH", table() + "/" + TicketCall.encode(id) + "?" + FIELDS, marked(change, exchange), Duration.ZERO);
    }

    /** The record says where the bytes are kept. */
    @Override
    public boolean wantsFile(Exchange exchange) {
        return false;
    }

    @Override
    public void attach(Exchange exchange) {
        throw new UnsupportedOperationException("nothing is attached at ServiceNow");
    }

    private Optional<String> earlier(Exchange exchange) throws LiveResponseException {
        return deliveries.reference(TicketCall.result(exchange).key(), exchange.getVariable(DeliverVariables.SINK, String.class));
    }

    private static ObjectNode marked(ObjectNode record, Exchange exchange) {
        Result result = TicketCall.result(exchange);
        return record.put(KEY, key(result)).put(STATE, Fingerprint.of(result));
    }

    private static void cut(ObjectNode record, String field, int longest, boolean line) {
        if (record.path(field).isTextual()) {
            String text = record.path(field).textValue();
            record.put(field, line ? SafeText.of(text).line(longest) : shown(text));
        }
    }

    /** In a journal field ServiceNow takes what is inside {@code [code]} for HTML. */
    private static String shown(String text) {
        return SafeText.of(text.replaceAll("(?i)\\[(/?code)]", "[ $1 ]")).limit(Integer.MAX_VALUE, LONGEST_TEXT).plain();
    }

    private static Ticket keep(Exchange exchange, JsonNode record, boolean current) throws LiveResponseException {
        String id = TicketCall.identifier(record.path("sys_id"));
        String number = record.path("number").isTextual() ? TicketCall.identifier(record.path("number")) : id;
        Ticket ticket = new Ticket(id, number, current, Set.of());
        TicketCall.keep(exchange, ticket);
        return ticket;
    }

    private String table() {
        return settings.url() + "/api/now/table/" + TicketCall.encode(settings.table());
    }

    /** The key itself, but for a tenant with a very long name, whose key ServiceNow would cut. */
    private static String key(Result result) {
        String key = result.key().toString();
        return key.length() <= LONGEST_KEY ? key : "lr-" + DigestUtils.sha256Hex(key);
    }
}
