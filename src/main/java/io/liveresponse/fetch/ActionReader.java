package io.liveresponse.fetch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the API's answers about machine actions, one action or a page of many, entry by entry. Unknown fields are passed
 * over; an entry of a list that is not a machine action is skipped alone. Stateless.
 */
public final class ActionReader {

    private static final Logger LOG = LoggerFactory.getLogger(ActionReader.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{C}\\p{Z}]++");
    private static final int MAX_REASON = 500;
    private static final int MAX_INDEX = 9_999;
    private static final int MAX_ERRORS = 20;
    private static final int LONGEST_ERROR = 1_000;

    private ActionReader() {
    }

    /**
     * Leaves the stream open.
     *
     * @throws LiveResponseException {@link FailureCode#ACTION_ANSWER_UNREADABLE}; no part of the answer is quoted
     * @throws IOException           if the connection breaks while it is read
     */
    public static ActionPage read(InputStream body) throws LiveResponseException, IOException {
        try (JsonParser parser = JSON.createParser(body).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw unreadable();
            }
            return read(parser);
        } catch (JsonProcessingException e) {
            // the cause would quote the answer
            throw unreadable();
        }
    }

    private static ActionPage read(JsonParser parser) throws LiveResponseException, IOException {
        List<MachineAction> actions = new ArrayList<>();
        ObjectNode rest = JSON.createObjectNode();
        int entries = -1;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("value")) {
                for (entries = 0; parser.nextToken() != JsonToken.END_ARRAY; entries++) {
                    add(parser.readValueAsTree(), actions);
                }
            } else {
                rest.set(name, parser.<JsonNode>readValueAsTree());
            }
        }
        if (entries < 0) {
            add(rest, actions);
            if (actions.isEmpty()) {
                throw unreadable();
            }
            return new ActionPage(actions, 1, null);
        }
        return new ActionPage(actions, entries, text(rest, "@odata.nextLink"));
    }

    private static void add(JsonNode node, List<MachineAction> actions) {
        String id = text(node, "id");
        String type = text(node, "type");
        String status = text(node, "status");
        if (id == null || !GUID.matcher(id).matches() || type == null || status == null) {
            LOG.warn("the API lists an entry that is not a machine action (no GUID as id, or no type, or no status); it is skipped");
            return;
        }
        Instant updated = time(node, "lastUpdateDateTimeUtc");
        List<ActionCommand> commands = commands(node.path("commands"));
        boolean begun = commands.stream().anyMatch(ActionCommand::wasExecuted)
                || node.path("commands").findValues("startTime").stream().anyMatch(JsonNode::isTextual);
        actions.add(new MachineAction(id, type, status, time(node, "creationDateTimeUtc"),
                updated == null ? time(node, "lastUpdateTimeUtc") : updated, text(node, "machineId"), text(node, "computerDnsName"),
                text(node, "requestor"), text(node, "requestorComment"), anyText(node, "errorHResult"),
                anyText(node, "troubleshootInfo"), commands, text(node, "externalID"), begun, reason(node)));
    }

    /** Remote text: one line, bounded. */
    private static String reason(JsonNode action) {
        List<String> said = new ArrayList<>();
        action.path("commands").forEach(command -> command.path("errors").forEach(error -> said.add(error.asText())));
        JsonNode info = action.path("troubleshootInfo");
        if (info.isArray()) {
            info.forEach(line -> said.add(line.asText()));
        } else if (info.isTextual()) {
            said.add(info.textValue());
        }
        if (action.path("errorHResult").asLong() != 0) {
            said.add(String.format("0x%08X", action.path("errorHResult").asLong() & 0xFFFF_FFFFL));
        }
        String line = said.stream().filter(text -> !text.isBlank()).map(text -> UNSHOWABLE.matcher(text).replaceAll(" ").strip()).distinct()
                .collect(Collectors.joining("; "));
        return line.isEmpty() ? null : line.length() > MAX_REASON ? line.substring(0, MAX_REASON) + "…" : line;
    }

    /** By index, each once. */
    private static List<ActionCommand> commands(JsonNode list) {
        Map<Integer, ActionCommand> commands = new TreeMap<>();
        for (int place = 0; place < list.size(); place++) {
            JsonNode node = list.get(place);
            int index = node.path("index").canConvertToInt() ? node.path("index").intValue() : place;
            if (index >= 0 && index <= MAX_INDEX) {
                JsonNode command = node.path("command");
                String status = text(node, "commandStatus");
                commands.putIfAbsent(index, new ActionCommand(index, status == null ? "" : status, text(command, "type"),
                        param(command, "ScriptName"), param(command, "Path"), errors(node.path("errors"))));
            }
        }
        return List.copyOf(commands.values());
    }

    private static String param(JsonNode command, String key) {
        for (JsonNode param : command.path("params")) {
            if (key.equalsIgnoreCase(param.path("key").asText())) {
                return text(param, "value");
            }
        }
        return null;
    }

    /** The elements are texts; anything else is kept as its JSON. */
    private static List<String> errors(JsonNode list) {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : list) {
            if (errors.size() < MAX_ERRORS && !error.isNull()) {
                errors.add(limited(error.isTextual() ? error.textValue() : error.toString()));
            }
        }
        return errors;
    }

    /** A text, a number (an HRESULT, of which 0 is success) or an object; null if there is none. */
    private static String anyText(JsonNode node, String name) {
        JsonNode value = node.path(name);
        String text = value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString();
        return value.isNull() || text.isBlank() || text.equals("0") ? null : limited(text);
    }

    private static String limited(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_ERROR));
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
    }

    /** With any number of digits after the point, with an offset or, as some answers have it, without one. */
    private static Instant time(JsonNode node, String name) {
        String text = text(node, name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException neither) {
                return null;
            }
        }
    }

    private static LiveResponseException unreadable() {
        return new LiveResponseException(FailureCode.ACTION_ANSWER_UNREADABLE,
                "the API's answer about machine actions is not the JSON that it documents");
    }
}
