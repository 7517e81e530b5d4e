package io.liveresponse.deliver.ticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** What a ticket system says is wrong, without the JSON around it. Remote text: to be redacted and made visible before it is shown. */
public final class TicketSystemMessage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TicketSystemMessage() {
    }

    /** ServiceNow's {@code error}, Jira's {@code errorMessages} and {@code errors}; of any other answer the whole. */
    public static String of(String answer) {
        try {
            JsonNode json = JSON.readTree(answer);
            List<String> said = new ArrayList<>();
            add(said, json.path("error").path("message"));
            add(said, json.path("error").path("detail"));
            json.path("errorMessages").forEach(message -> add(said, message));
            json.path("errors").properties().forEach(field -> said.add(field.getKey() + ": " + field.getValue().asText()));
            return said.isEmpty() ? answer : String.join("; ", said);
        } catch (JsonProcessingException e) {
            return answer;
        }
    }

    private static void add(List<String> said, JsonNode text) {
        if (!text.asText().isBlank() && !text.isNull()) {
            said.add(text.asText());
        }
    }
}
