package io.liveresponse.cli;

import io.liveresponse.settings.PropertiesLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The settings {@code live-response.log.level} and {@code .format}, read before the first class of the log is loaded and so before the
 * options are parsed. Wrong values are left to the validator.
 */
final class LogSettings {

    private static final String PREFIX = "live-response.log.";
    private static final String CONFIG = "--config";

    private LogSettings() {
    }

    /** The system properties for {@code log4j2.xml}. */
    static Map<String, String> of(String[] arguments, Main.Home home) {
        Map<String, String> given = file(arguments, home).map(LogSettings::read).orElse(Map.of());
        Map<String, String> properties = new HashMap<>();
        for (String leaf : List.of("level", "format")) {
            Optional.ofNullable(System.getenv(variable(PREFIX + leaf))).or(() -> Optional.ofNullable(given.get(PREFIX + leaf)))
                    .map(String::strip).filter(value -> value.matches("[A-Za-z]+"))
                    .ifPresent(value -> properties.put("live-response.log-" + leaf,
                            leaf.equals("level") ? value.toUpperCase(Locale.ROOT) : value));
        }
        return properties;
    }

    /** Camel's own helper loads the first class of the log. */
    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static Optional<Path> file(String[] arguments, Main.Home home) {
        Optional<Path> named = IntStream.range(0, arguments.length).boxed().flatMap(i -> arguments[i].startsWith(CONFIG + "=")
                ? Optional.of(arguments[i].substring(CONFIG.length() + 1)).stream()
                : Optional.ofNullable(arguments[i].equals(CONFIG) && i + 1 < arguments.length ? arguments[i + 1] : null).stream())
                .map(Path::of).findFirst();
        return named.or(() -> Optional.of(Path.of(ConfigOption.DEFAULT)).filter(Files::exists)).or(() -> home.file(ConfigOption.DEFAULT))
                .filter(Files::isReadable);
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> values = new HashMap<>();
        try {
            PropertiesLines.read(Files.readString(file, StandardCharsets.ISO_8859_1)).stream()
                    .filter(entry -> entry.value() != null && entry.key().startsWith(PREFIX))
                    .forEach(entry -> values.put(entry.key(), entry.value()));
        } catch (IOException e) {
            // the command reports it
        }
        return values;
    }
}
