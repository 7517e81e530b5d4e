package io.liveresponse.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.settings.Settings;
import java.math.BigDecimal;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Splunk's HTTP Event Collector with indexer acknowledgement, as Splunk's manual "Getting Data In" describes it. Thread-safe; the state
 * of a batch is in its exchange.
 */
public final class SplunkRows {

    /** Exchange variable: the id whose acknowledgement is missing, a Long; unset once it came. */
    public static final String ACK = "liveResponseSplunkAck";

    private static final String POLLS = "liveResponseSplunkPolls";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Invalid data format, event field required, event field blank. */
    private static final Set<Integer> REFUSED = Set.of(6, 12, 13);

    private final Settings settings;

    public SplunkRows(Settings settings) {
        this.settings = settings;
    }

    /** The batch as events, one JSON object behind the other. */
    public String events(RowBatch batch) throws JsonProcessingException {
        StringBuilder events = new StringBuilder();
        for (RowLine row : batch.rows()) {
            ObjectNode event = JSON.createObjectNode();
            event.put("time", BigDecimal.valueOf(row.time().toEpochMilli(), 3));
            event.put("source", "live-response");
            event.put("sourcetype", settings.text("live-response.rows.splunk.source-type"));
            settings.find("live-response.rows.splunk.index").ifPresent(index -> event.put("index", index));
            if (row.deviceName() != null) {
                event.put("host", row.deviceName());
            }
            String head = JSON.writeValueAsString(event);
            events.append(head, 0, head.length() - 1).append(",\"event\":").append(row.json()).append('}');
        }
        return events.toString();
    }

    /**
     * Reads the collector's answer to a batch.
     *
     * @throws RowSinkException if the collector does not take the batch
     */
    public void accepted(Exchange exchange) throws RowSinkException {
        JsonNode answer = SinkAnswers.json(exchange);
        int status = SinkAnswers.status(exchange);
        if (status == 413 || status == 400 && REFUSED.contains(answer.path("code").asInt(-1))) {
            throw RowSinkException.refused(SinkAnswers.told(exchange), SinkAnswers.batch(exchange));
        }
        if (status != 200 || answer.path("code").asInt(-1) != 0) {
            throw RowSinkException.passing(SinkAnswers.told(exchange));
        }
        if (!answer.path("ackId").isIntegralNumber()) {
            throw RowSinkException.passing("the token has no indexer acknowledgement; switch it on in Splunk");
        }
        exchange.setVariable(ACK, answer.path("ackId").asLong());
        exchange.setVariable(POLLS, 0);
    }

    /** The body of a poll for the acknowledgement. */
    public String acks(Exchange exchange) {
        return "{\"acks\":[" + exchange.getVariable(ACK, Long.class) + "]}";
    }

    /**
     * Reads the answer to a poll.
     *
     * @throws RowSinkException if the acknowledgement did not come in all polls; the batch is then sent again
     */
    public void acknowledged(Exchange exchange) throws RowSinkException {
        String id = exchange.getVariable(ACK, String.class);
        if (SinkAnswers.status(exchange) == 200 && SinkAnswers.json(exchange).path("acks").path(id).asBoolean()) {
            exchange.removeVariable(ACK);
            return;
        }
        int polls = exchange.getVariable(POLLS, 0, Integer.class) + 1;
        exchange.setVariable(POLLS, polls);
        if (polls >= settings.integer("live-response.rows.splunk.ack-attempts")) {
            throw RowSinkException.passing("it does not acknowledge a batch");
        }
    }
}
