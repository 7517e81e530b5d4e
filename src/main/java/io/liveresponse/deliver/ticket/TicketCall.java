package io.liveresponse.deliver.ticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What the ticket systems have in common: how a request is built for the route call-ticket-system, and how its answer is read. */
final class TicketCall {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    private TicketCall() {
    }

    /**
     * Builds a lookup. Nothing is in doubt until the next call that changes something.
     *
     * @param url encoded already
     */
    static void lookup(Exchange exchange, String url) {
        exchange.setVariable(DeliverVariables.SETTLE, Duration.ZERO);
        exchange.removeVariable(DeliverVariables.TICKET);
        prepare(exchange, "GET", url).setBody(null);
    }

    /**
     * Builds a call that changes something.
     *
     * @param settle how long its effect may stay invisible to a lookup; zero if repeating it does no harm
     */
    static void send(Exchange exchange, String method, String url, JsonNode json, Duration settle) {
        Message message = prepare(exchange, method, url);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=UTF-8");
        message.setBody(json.toString().getBytes(StandardCharsets.UTF_8));
        exchange.setVariable(DeliverVariables.SETTLE, settle);
    }

    static Message prepare(Exchange exchange, String method, String url) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, method);
        message.setHeader(Exchange.HTTP_URI, url);
        message.setHeader("Accept", "application/json");
        return message;
    }

    /** As a path segment or a query's value; no character in it means anything to a URL, to Camel or to a query language. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    }

    /** The answer that the route has unmarshalled; a missing node if there is none. */
    static JsonNode answer(Exchange exchange) {
        JsonNode json = exchange.getMessage().getBody(JsonNode.class);
        return json == null ? JSON.missingNode() : json;
    }

    /**
     * The filled template of a new ticket.
     *
     * @throws LiveResponseException DELIVERY_UNAVAILABLE if it is not a JSON object; the result's own texts are not quoted
     */
    static ObjectNode template(Exchange exchange, String file) throws LiveResponseException {
        try {
            if (JSON.readTree(exchange.getMessage().getBody(String.class)) instanceof ObjectNode ticket) {
                return ticket;
            }
            throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, file + " is not a JSON object — correct it");
        } catch (JsonProcessingException e) {
            throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, file + " is not JSON in line " + e.getLocation().getLineNr()
                    + ", column " + e.getLocation().getColumnNr() + " — correct it; each ${body[NAME]} belongs in quotation marks");
        }
    }

    /** An id that came from the ticket system and will be part of a path: nothing but letters, digits, - and _. */
    static String identifier(JsonNode value) throws LiveResponseException {
        String text = value.isValueNode() && !value.isNull() ? value.asText() : "";
        if (!IDENTIFIER.matcher(text).matches()) {
            throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "the ticket system's answer names no ticket");
        }
        return text;
    }

    static Result result(Exchange exchange) {
        return exchange.getVariable(DeliverVariables.RESULT, Result.class);
    }

    static Ticket ticket(Exchange exchange) {
        return exchange.getVariable(DeliverVariables.TICKET, Ticket.class);
    }

    /** Keeps what is known of the ticket; no call is in doubt any more. */
    static void keep(Exchange exchange, Ticket ticket) {
        exchange.setVariable(DeliverVariables.TICKET, ticket);
        exchange.setVariable(DeliverVariables.SETTLE, Duration.ZERO);
    }
}
