package io.liveresponse.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.util.IOHelper;

/** Durations of ISO 8601, which Camel 4.18 reads as 0 if a route takes them from a placeholder. */
public final class CamelDurations {

    private CamelDurations() {
    }

    /**
     * The durations of the file and the environment that are in the notation of ISO 8601, in milliseconds. Malformed ones are left to the
     * validator.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Map<String, String> inMillis(Path file) {
        Map<String, String> given = new HashMap<>();
        try {
            PropertiesLines.read(Files.readString(file, StandardCharsets.ISO_8859_1)).stream().filter(entry -> entry.value() != null)
                    .forEach(entry -> given.put(entry.key(), entry.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> converted = new TreeMap<>();
        SettingCatalog.all().stream().filter(setting -> setting.type() == Setting.Type.DURATION).forEach(setting -> {
            String outside = IOHelper.lookupEnvironmentVariable(setting.name());
            String value = outside != null ? outside : given.get(setting.name());
            if (value != null && SettingForm.isIsoDuration(value.strip()) && SettingForm.matches(setting, value.strip())) {
                converted.put(setting.name(), Long.toString(SettingForm.duration(value.strip()).toMillis()));
            }
        });
        return converted;
    }
}
