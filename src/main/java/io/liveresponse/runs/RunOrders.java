package io.liveresponse.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads orders: a map, JSON or YAML with {@code tenant}, {@code script} and {@code args} or {@code commands}, {@code devices} (ids, names,
 * or objects with {@code machineId} or {@code device}), {@code tag}, {@code os}, {@code comment}, {@code deadline} (a time, or how long),
 * {@code id}, {@code argsAsIs}. Nothing is guessed: an unknown key is an error. Stateless.
 */
public final class RunOrders {

    private static final Set<String> KEYS = Set.of("tenant", "script", "args", "commands", "devices", "tag", "os", "comment", "deadline",
            "id", "argsAsIs");
    private static final Pattern META = Pattern.compile("[;&|<>`]|\\$\\(");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int MAX_TEXT = 1_000_000;
    private static final int MAX_DEVICES = 100_000;
    private static final List<String> ORDER = List.of("PutFile", "RunScript", "GetFile");
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private RunOrders() {
    }

    /**
     * An order of text or a map.
     *
     * @param tenants the names of the settings; if there is one, an order need not name it
     * @throws LiveResponseException REQUEST_INVALID or REQUEST_TENANT_UNKNOWN, saying which key and what is wanted
     */
    public static RunOrder read(Object body, Collection<String> tenants) throws LiveResponseException {
        Object value = body instanceof Map<?, ?>
                ? body
                : parse(body instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(body));
        JsonNode order = JSON.valueToTree(value);
        if (!order.isObject()) {
            throw invalid("a run is a YAML or JSON object with script and devices, tag or os");
        }
        for (var names = order.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!KEYS.contains(name)) {
                throw invalid("unknown key " + name + "; a run has " + String.join(", ", KEYS.stream().sorted().toList()));
            }
        }
        String tenant = tenant(order, tenants);
        ArrayNode commands = commands(order);
        String script = null;
        int results = 0;
        for (JsonNode command : commands) {
            if (command.path("type").asText().equals("RunScript")) {
                script = param(command, "ScriptName");
            }
            results += command.path("type").asText().equals("PutFile") ? 0 : 1;
        }
        String comment = text(order, "comment").orElse("Live Response Routes");
        if (comment.length() > 500 || CONTROL.matcher(comment).find()) {
            throw invalid("comment must be one line of at most 500 characters");
        }
        List<RunOrder.Row> rows = rows(order.path("devices"));
        String tag = text(order, "tag").orElse(null);
        String os = text(order, "os").orElse(null);
        if (rows.isEmpty() && tag == null && os == null) {
            throw invalid("devices, tag or os must say where to run");
        }
        if (!rows.isEmpty() && (tag != null || os != null)) {
            throw invalid("give either devices, or tag and os");
        }
        Optional<String> deadline = text(order, "deadline");
        Optional<Duration> allowed = deadline.flatMap(RunOrders::duration);
        Instant until = deadline.isEmpty() || allowed.isPresent() ? null : instant(deadline.get());
        return new RunOrder(id(order, tenant), tenant, commands.toString(), script, results, comment, until, allowed.orElse(null),
                DeviceRows.withoutDuplicates(rows), tag, os);
    }

    private static Object parse(String text) throws LiveResponseException {
        if (text.length() > 20 * MAX_TEXT) {
            throw invalid("the run is larger than " + 20 * MAX_TEXT + " characters");
        }
        try {
            return text.stripLeading().startsWith("{")
                    ? JSON.readValue(text, Map.class)
                    : new Load(LoadSettings.builder().setCodePointLimit(20 * MAX_TEXT).setMaxAliasesForCollections(0).build())
                            .loadFromString(text);
        } catch (JsonProcessingException e) {
            throw invalid("this is not JSON: line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr());
        } catch (YamlEngineException e) {
            throw invalid("this is not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static String tenant(JsonNode order, Collection<String> tenants) throws LiveResponseException {
        String tenant = text(order, "tenant").orElse(tenants.size() == 1 ? tenants.iterator().next() : null);
        if (tenant == null) {
            throw invalid("tenant is missing (--tenant); the settings name " + String.join(", ", tenants));
        }
        if (!tenants.contains(tenant)) {
            throw new LiveResponseException(FailureCode.REQUEST_TENANT_UNKNOWN, "the tenant of the run is not in live-response.tenants");
        }
        return tenant;
    }

    private static ArrayNode commands(JsonNode order) throws LiveResponseException {
        Optional<String> script = text(order, "script");
        if (script.isPresent() == order.has("commands")) {
            throw invalid("give either script or commands");
        }
        ArrayNode commands = JSON.createArrayNode();
        if (script.isPresent()) {
            ObjectNode command = commands.addObject().put("type", "RunScript");
            ArrayNode params = command.putArray("params");
            params.addObject().put("key", "ScriptName").put("value", script.get());
            Optional<String> args = text(order, "args");
            args.ifPresent(value -> params.addObject().put("key", "Args").put("value", value));
        } else {
            order.path("commands").forEach(commands::add);
        }
        int place = 0;
        for (JsonNode command : commands) {
            int found = ORDER.indexOf(command.path("type").asText());
            if (found < place) {
                throw invalid("commands must be PutFile, RunScript and GetFile, in this order");
            }
            place = found;
            for (JsonNode param : command.path("params")) {
                checkParam(param, order.path("argsAsIs").asBoolean());
            }
        }
        if (commands.isEmpty()) {
            throw invalid("commands is empty");
        }
        return commands;
    }

    private static void checkParam(JsonNode param, boolean asIs) throws LiveResponseException {
        String key = param.path("key").asText();
        String value = param.path("value").asText();
        if (CONTROL.matcher(value).find() || value.length() > 8_000) {
            throw invalid(key + " holds a control character or is longer than 8,000 characters");
        }
        if (key.equals("Args") && !asIs && META.matcher(value).find()) {
            throw invalid("args hold one of ; & | < > ` $( which a shell could obey; if that is meant, set argsAsIs (--args-as-is)");
        }
        if ((key.equals("ScriptName") || key.equals("FileName")) && !value.matches("[^\\\\/:*?\"<>|]{1,255}")) {
            throw invalid(key + " must be the name of a library file, without a path");
        }
    }

    private static List<RunOrder.Row> rows(JsonNode devices) throws LiveResponseException {
        List<RunOrder.Row> rows = new ArrayList<>();
        if (devices.size() > MAX_DEVICES) {
            throw invalid("a run has at most " + MAX_DEVICES + " devices");
        }
        if (!devices.isMissingNode() && !devices.isArray()) {
            throw invalid("devices must be a list");
        }
        for (JsonNode device : devices) {
            rows.add(device.isObject()
                    ? DeviceRows.row(device.path("line").asLong(rows.size() + 1L), device.path("machineId").asText("").strip(),
                            device.path("device").asText("").strip())
                    : DeviceRows.row(rows.size() + 1L, "", device.asText().strip()));
        }
        return rows;
    }

    private static String param(JsonNode command, String key) {
        for (JsonNode param : command.path("params")) {
            if (param.path("key").asText().equals(key)) {
                return param.path("value").asText();
            }
        }
        return null;
    }

    private static Optional<Duration> duration(String text) {
        try {
            Duration duration = text.startsWith("P")
                    ? Duration.parse(text)
                    : text.matches("\\d+[smhd].*") ? TimeUtils.toDuration(text) : null;
            return Optional.ofNullable(duration).filter(one -> !one.isNegative() && !one.isZero());
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(String text) throws LiveResponseException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid("deadline must be a time such as 2026-03-01T18:00:00Z, or a duration such as 4h");
        }
    }

    /** The same order has the same id, so a file that is read twice starts nothing twice. */
    private static String id(JsonNode order, String tenant) throws LiveResponseException {
        try {
            String known = text(order, "id").map(id -> "id " + id)
                    .orElse(JSON.writeValueAsString(JSON.treeToValue(order, TreeMap.class)));
            return UUID.nameUUIDFromBytes((tenant + "\n" + known).getBytes(StandardCharsets.UTF_8)).toString();
        } catch (JsonProcessingException e) {
            throw invalid("the run cannot be read");
        }
    }

    private static Optional<String> text(JsonNode order, String key) throws LiveResponseException {
        JsonNode value = order.path(key);
        if (value.isContainerNode()) {
            throw invalid(key + " must be a text");
        }
        return value.isMissingNode() || value.isNull() || value.asText().isBlank() ? Optional.empty() : Optional.of(value.asText().strip());
    }

    private static LiveResponseException invalid(String what) {
        return new LiveResponseException(FailureCode.REQUEST_INVALID, what);
    }
}
