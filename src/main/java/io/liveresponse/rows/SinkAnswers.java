package io.liveresponse.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.SafeText;
import org.apache.camel.Exchange;

/** What the answers of HTTP row sinks have in common. */
final class SinkAnswers {

    static final String BATCH = "liveResponseRowBatch";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 200;

    private SinkAnswers() {
    }

    static int status(Exchange exchange) {
        return exchange.getVariable(RowSinkAnswer.STATUS, 0, Integer.class);
    }

    static RowBatch batch(Exchange exchange) {
        return exchange.getVariable(BATCH, RowBatch.class);
    }

    /** The answer as JSON; an empty object if it is not JSON. */
    static JsonNode json(Exchange exchange) {
        try {
            JsonNode json = JSON.readTree(exchange.getMessage().getBody(String.class));
            return json.isObject() ? json : JSON.createObjectNode();
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** For an operator: the status and the beginning of what the sink says, which was redacted. */
    static String told(Exchange exchange) {
        String text = exchange.getMessage().getBody(String.class);
        return "it answers " + status(exchange) + (text == null || text.isBlank() ? "" : ": " + SafeText.of(text).line(SHOWN));
    }
}
