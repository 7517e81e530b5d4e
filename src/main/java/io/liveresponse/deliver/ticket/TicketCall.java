package io.liveresponse.deliver.ticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Settings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What the desks have in common: how a call is laid out for the route call-ticket-system, and how its answer is read. */
final class TicketCall {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    private TicketCall() {
    }

    /** @param path begins with a slash and is encoded already */
    static void get(Exchange exchange, Settings settings, String path) {
        prepare(exchange, settings, "GET", path).setBody(null);
    }

    static void send(Exchange exchange, Settings settings, String method, String path, JsonNode json) {
        Message message = prepare(exchange, settings, method, path);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=UTF-8");
        message.setBody(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Message prepare(Exchange exchange, Settings settings, String method, String path) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, method);
        message.setHeader(Exchange.HTTP_URI, settings.text("live-response.deliver.ticket.url").replaceFirst("/+$", "") + path);
        message.setHeader("Accept", "application/json");
        return message;
    }

    /** As a path segment or a query's value; no character in it means anything to a URL, to Camel or to the desk's query language. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    }

    /** @throws LiveResponseException DELIVERY_UNAVAILABLE for what is no JSON: a log-in page, a proxy's page or a part of an answer */
    static JsonNode answer(Exchange exchange) throws LiveResponseException {
        try {
            JsonNode json = JSON.readTree(exchange.getMessage().getBody(String.class));
            if (json.isContainerNode()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // told below; the parser's message would quote the page
        }
        throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "the desk answers with something that is no JSON object;"
                + " check live-response.deliver.ticket.url, and whether a log-in or proxy page stands before the desk");
    }

    /** An id that came from the desk and will stand in a path: nothing but letters, digits, - and _. */
    static String identifier(JsonNode value) throws LiveResponseException {
        String text = value.isValueNode() && !value.isNull() ? value.asText() : "";
        if (!IDENTIFIER.matcher(text).matches()) {
            throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "the desk's answer names no ticket");
        }
        return text;
    }
}
