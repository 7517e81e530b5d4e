package io.liveresponse.simulator.ticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The plain ticket system: {@code POST /tickets} with JSON and a bearer token. A request that repeats an {@code Idempotency-Key}
 * gets the first ticket's answer and opens none. Thread-safe.
 */
public final class WebhookTicketSystem implements Endpoint, TicketSystem {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern KEY = Pattern.compile(".*?([A-Za-z0-9_-]+)/([0-9a-fA-F-]{36})/(\\d{1,4})\\b.*");

    private final List<Ticket> tickets = new ArrayList<>();
    private final Clock clock;
    private final String token;
    private int duplicates;

    public WebhookTicketSystem(Clock clock, String token) {
        this.clock = clock;
        this.token = token;
    }

    /** The tickets opened so far. */
    @Override
    public synchronized List<Ticket> tickets() {
        return List.copyOf(tickets);
    }

    /** How many requests repeated the idempotency key of a ticket that was there already. */
    @Override
    public synchronized int duplicates() {
        return duplicates;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        if (!"/tickets".equals(request.path()) || !"POST".equals(request.method())) {
            return Optional.empty();
        }
        String idempotencyKey = request.headers().get("Idempotency-Key");
        JsonNode body = json(request);
        ResultKey key = keyOf(idempotencyKey, body);
        return Optional.of(Matched.open(EndpointKind.TICKET, key == null ? null : key.tenant(), key,
                () -> answer(request, idempotencyKey, body)));
    }

    private Reply answer(Incoming request, String idempotencyKey, JsonNode body) {
        if (!("Bearer " + token).equals(request.headers().get("Authorization"))) {
            return ErrorBodies.api(401, "Unauthorized", "The ticket system's token is missing or wrong.");
        }
        if (!body.isObject()) {
            return ErrorBodies.api(400, "BadRequest", "A ticket is a JSON object.");
        }
        return Reply.json(201, JsonNodeFactory.instance.objectNode().put("id", store(idempotencyKey, body).id()));
    }

    private synchronized Ticket store(String idempotencyKey, JsonNode body) {
        Optional<Ticket> first = idempotencyKey == null
                ? Optional.empty()
                : tickets.stream().filter(ticket -> Objects.equals(idempotencyKey, ticket.idempotencyKey())).findFirst();
        if (first.isPresent()) {
            duplicates++;
            return first.get();
        }
        Ticket ticket = new Ticket("T-" + (tickets.size() + 1), idempotencyKey, body, clock.instant());
        tickets.add(ticket);
        return ticket;
    }

    private static JsonNode json(Incoming request) {
        try {
            return JSON.readTree(request.body().toString());
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /** The result that a ticket is about: from the body's own fields, else from an idempotency key that holds one. */
    private static ResultKey keyOf(String idempotencyKey, JsonNode body) {
        if (body.path("machineActionId").isTextual() && body.path("tenant").isTextual() && body.path("commandIndex").isInt()) {
            return new ResultKey(body.path("tenant").asText(), body.path("machineActionId").asText(), body.path("commandIndex").asInt());
        }
        Matcher matcher = KEY.matcher(idempotencyKey == null ? "" : idempotencyKey);
        return matcher.matches()
                ? new ResultKey(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)))
                : null;
    }

    /** The settings that make it the product's ticket system. */
    @Override
    public Map<String, String> settings(String ticketUrl) {
        return Map.of(
                "live-response.deliver.ticket.kind", "webhook",
                "live-response.deliver.ticket.url", ticketUrl + "/tickets",
                "live-response.deliver.ticket.token", token);
    }
}
