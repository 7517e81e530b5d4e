package io.liveresponse.simulator.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Splunk's HTTP Event Collector with indexer acknowledgement: {@code POST /services/collector/event} with events one after
 * the other, {@code POST /services/collector/ack}. An acknowledgement is true once after the indexing time, and then forgotten.
 * A row's id is {@code event.rowId}. Thread-safe.
 */
public final class SplunkCollector implements Endpoint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHANNEL = "X-Splunk-Request-Channel";

    private final ReceivedRows received = new ReceivedRows();
    private final Map<String, Map<Long, Instant>> acknowledgements = new HashMap<>();
    private final Clock clock;
    private final String token;
    private Duration indexingTime = Duration.ZERO;
    private boolean losing;
    private long nextAcknowledgement;

    public SplunkCollector(Clock clock, String token) {
        this.clock = clock;
        this.token = token;
    }

    /** A secret. */
    public String token() {
        return token;
    }

    /** What is indexed, or will be after the indexing time. */
    public ReceivedRows received() {
        return received;
    }

    /** How long after a request its acknowledgement turns true. */
    public synchronized void indexesAfter(Duration time) {
        indexingTime = time;
    }

    /** While true, events are answered with 200 and an acknowledgement id, but are lost: it never turns true. */
    public synchronized void losesEvents(boolean loses) {
        losing = loses;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        if (!"POST".equals(request.method())) {
            return Optional.empty();
        }
        return switch (request.path()) {
            case "/services/collector", "/services/collector/event", "/services/collector/event/1.0" ->
                matched(EndpointKind.SPLUNK, request, () -> events(request));
            case "/services/collector/ack" -> matched(EndpointKind.SPLUNK_ACK, request, () -> acknowledge(request));
            default -> Optional.empty();
        };
    }

    private Optional<Matched> matched(EndpointKind kind, Incoming request, Supplier<Reply> answer) {
        return Optional.of(new Matched(kind, null, null, request.headers().get(CHANNEL),
                () -> ("Splunk " + token).equals(request.headers().get("Authorization"))
                        ? Optional.empty()
                        : Optional.of(answer(request.headers().contains("Authorization") ? 403 : 401,
                                request.headers().contains("Authorization") ? "Invalid token" : "Token is required",
                                request.headers().contains("Authorization") ? 4 : 2)),
                fault -> answer.get()));
    }

    private synchronized Reply events(Incoming request) {
        String channel = request.headers().get(CHANNEL);
        if (channel == null) {
            return answer(400, "Data channel is missing", 10);
        }
        List<JsonNode> events = new ArrayList<>();
        try (MappingIterator<JsonNode> all = JSON.readerFor(JsonNode.class).readValues(request.body().toString())) {
            while (all.hasNext()) {
                JsonNode event = all.next();
                if (!event.has("event") || event.path("event").isNull()) {
                    return answer(400, "Event field is required", 12);
                }
                events.add(event);
            }
        } catch (IOException | RuntimeException e) {
            return answer(400, "Invalid data format", 6);
        }
        if (events.isEmpty()) {
            return answer(400, "No data", 5);
        }
        long id = nextAcknowledgement++;
        if (!losing) {
            events.forEach(event -> received.add(event.path("event").path(ReceivedRows.ID).asText(), event));
            acknowledgements.computeIfAbsent(channel, name -> new HashMap<>()).put(id, clock.instant().plus(indexingTime));
        }
        return Reply.json(200, body("Success", 0).put("ackId", id));
    }

    private synchronized Reply acknowledge(Incoming request) {
        String channel = request.headers().contains(CHANNEL) ? request.headers().get(CHANNEL) : request.params().get("channel");
        if (channel == null) {
            return answer(400, "Data channel is missing", 10);
        }
        try {
            ObjectNode acks = JsonNodeFactory.instance.objectNode();
            Map<Long, Instant> open = acknowledgements.getOrDefault(channel, new HashMap<>());
            for (JsonNode id : JSON.readTree(request.body().toString()).path("acks")) {
                Instant due = open.get(id.asLong());
                boolean indexed = due != null && !due.isAfter(clock.instant());
                if (indexed) {
                    open.remove(id.asLong());
                }
                acks.put(id.asText(), indexed);
            }
            return Reply.json(200, JsonNodeFactory.instance.objectNode().set("acks", acks));
        } catch (JsonProcessingException e) {
            return answer(400, "Invalid data format", 6);
        }
    }

    private static Reply answer(int status, String text, int code) {
        return Reply.json(status, body(text, code));
    }

    private static ObjectNode body(String text, int code) {
        return JsonNodeFactory.instance.objectNode().put("text", text).put("code", code);
    }
}
