package io.liveresponse.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The body of a run call, checked. Names of fields are read without regard to case, as the API does.
 *
 * @param externalId null for none
 */
record RunRequest(List<Command> commands, String comment, String externalId) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The types in the order in which they must come, each with its needed parameter. */
    private static final Map<String, String> NEEDED = ordered();
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "PutFile", Set.of("FileName"), "RunScript", Set.of("ScriptName", "Args"), "GetFile", Set.of("Path"));

    /** A command with its parameters in the order given. */
    record Command(String type, Map<String, String> params) {

        /** The script's name, the path or the file's name. */
        String subject() {
            return params.get(NEEDED.get(type));
        }
    }

    /** A body that the API refuses; the message is for the caller. */
    static final class InvalidException extends Exception {

        private static final long serialVersionUID = 1L;

        InvalidException(String message) {
            super(message);
        }
    }

    private static Map<String, String> ordered() {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("PutFile", "FileName");
        needed.put("RunScript", "ScriptName");
        needed.put("GetFile", "Path");
        return Collections.unmodifiableMap(needed);
    }

    /** @param refused fields that are an error */
    static RunRequest parse(String body, List<String> refused) throws InvalidException {
        Map<String, JsonNode> fields = fields(body);
        for (String field : refused) {
            if (fields.containsKey(field.toLowerCase(Locale.ROOT))) {
                throw new InvalidException("The property '" + field + "' is not known.");
            }
        }
        String comment = text(fields.get("comment"), "Comment");
        if (comment == null || comment.isBlank()) {
            throw new InvalidException("The Comment field is required.");
        }
        return new RunRequest(commands(fields.get("commands")), comment, text(fields.get("externalid"), "ExternalId"));
    }

    private static Map<String, JsonNode> fields(String body) throws InvalidException {
        try {
            JsonNode json = JSON.readTree(body);
            if (json == null || !json.isObject()) {
                throw new InvalidException("The request body must be a JSON object.");
            }
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            json.properties().forEach(field -> fields.put(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
            return fields;
        } catch (JsonProcessingException e) {
            throw new InvalidException("The request body is not valid JSON.");
        }
    }

    private static List<Command> commands(JsonNode json) throws InvalidException {
        if (json == null || !json.isArray() || json.isEmpty()) {
            throw new InvalidException("The Commands field is required and must hold at least one command.");
        }
        List<Command> commands = new ArrayList<>();
        List<String> order = List.copyOf(NEEDED.keySet());
        int highest = 0;
        for (JsonNode item : json) {
            Command command = command(item);
            int place = order.indexOf(command.type());
            if (place < highest) {
                throw new InvalidException("Commands must come in the order " + String.join(", ", order) + ".");
            }
            highest = place;
            commands.add(command);
        }
        return List.copyOf(commands);
    }

    private static Command command(JsonNode json) throws InvalidException {
        String type = json.path("type").asText();
        if (!NEEDED.containsKey(type)) {
            throw new InvalidException("The command type '" + type + "' must be one of " + String.join(", ", NEEDED.keySet()) + ".");
        }
        Map<String, String> params = new LinkedHashMap<>();
        for (JsonNode param : json.path("params")) {
            String key = param.path("key").asText();
            if (!ALLOWED.get(type).contains(key)) {
                throw new InvalidException("The command " + type + " has no parameter '" + key + "'.");
            }
            if (!param.path("value").isTextual()) {
                throw new InvalidException("The value of the parameter '" + key + "' must be a text.");
            }
            if (params.putIfAbsent(key, param.path("value").asText()) != null) {
                throw new InvalidException("The parameter '" + key + "' is given twice.");
            }
        }
        if (params.getOrDefault(NEEDED.get(type), "").isBlank()) {
            throw new InvalidException("The command " + type + " needs the parameter '" + NEEDED.get(type) + "'.");
        }
        return new Command(type, Collections.unmodifiableMap(params));
    }

    private static String text(JsonNode json, String name) throws InvalidException {
        if (json == null || json.isNull()) {
            return null;
        }
        if (!json.isTextual()) {
            throw new InvalidException("The " + name + " field must be a text.");
        }
        return json.asText();
    }
}
