package io.liveresponse.deliver.file;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Result;
import io.liveresponse.model.SafeFileName;
import io.liveresponse.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The directory of a result by {@code live-response.deliver.file.pattern}. What the pattern names is made safe first, so
 * that no name from outside can leave the root. Thread-safe.
 */
public final class FileLayout {

    private static final String PATTERN = "live-response.deliver.file.pattern";
    /** Leaves room in one segment, of 255 bytes, for all the others too. */
    private static final int LONGEST_VALUE = 100;

    private final List<String> pattern;

    public FileLayout(Settings settings) {
        this.pattern = List.of(settings.text(PATTERN).split("/"));
    }

    /** Relative to the root, with slashes. A part of the pattern that names what is not known is left out. */
    public String directory(Result result) {
        Map<String, String> values = values(result);
        return pattern.stream().map(part -> filled(part, values))
                .filter(part -> !part.isEmpty()).collect(Collectors.joining("/"));
    }

    private static String filled(String part, Map<String, String> values) {
        String filled = part;
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (filled.contains(value.getKey()) && value.getValue() == null) {
                return "";
            }
            filled = filled.replace(value.getKey(), String.valueOf(value.getValue()));
        }
        return filled;
    }

    private static Map<String, String> values(Result result) {
        ActionFacts action = result.action();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("{tenant}", result.tenant());
        values.put("{device}", safe(action.deviceName() == null ? action.deviceId() : action.deviceName()));
        values.put("{action}", result.machineActionId());
        values.put("{outcome}", result.outcome().label());
        values.put("{date}", result.receivedAt() == null ? null : result.receivedAt().atOffset(ZoneOffset.UTC).toLocalDate().toString());
        return values;
    }

    private static String safe(String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        String safe = SafeFileName.of(name);
        int end = safe.length();
        while (safe.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
            end = safe.offsetByCodePoints(end, -1);
        }
        // once more, since a cut may leave what Windows drops at a name's end
        return SafeFileName.of(safe.substring(0, end));
    }
}
