package io.liveresponse.validate;

import io.liveresponse.settings.NearestName;
import io.liveresponse.settings.PropertiesLines;
import io.liveresponse.settings.SettingCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.catalog.CamelCatalog;

/**
 * What the settings file holds beside the settings of the bundle.
 *
 * @param file as the user named it
 */
record SettingsFile(Path file, List<PropertiesLines.Entry> entries) {

    private static final String CAMEL = "camel.";
    private static final String BEANS = CAMEL + "beans.";

    /** @throws UncheckedIOException if it cannot be read */
    static SettingsFile read(Path file) {
        try {
            return new SettingsFile(file, PropertiesLines.read(Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> keys() {
        return entries.stream().map(PropertiesLines.Entry::key).collect(Collectors.toSet());
    }

    /** The names of the beans that Camel Main makes from {@code camel.beans.NAME}. */
    Set<String> beans() {
        return keys().stream().filter(key -> key.startsWith(BEANS)).map(key -> key.substring(BEANS.length()).split("[.\\[]")[0])
                .collect(Collectors.toSet());
    }

    /** Reports keys that neither Camel, the bundle nor a route knows; a misspelt prefix makes such a key. */
    void reportUnused(Routes routes, Findings findings) {
        String texts = routes.values().flatMap(value -> value.text().stream()).collect(Collectors.joining("\n"))
                + entries.stream().map(PropertiesLines.Entry::value).collect(Collectors.joining("\n"));
        entries.stream().filter(entry -> !entry.key().startsWith(CAMEL) && !entry.key().startsWith(SettingCatalog.PREFIX))
                .filter(entry -> !texts.contains(entry.key()))
                .forEach(entry -> findings.report(file.toString(), entry.line(), Code.PROPERTY_UNUSED, entry.key()
                        + " is used by no route — delete it, or did you mean "
                        + NearestName.to(entry.key(), SettingCatalog.all().stream().map(setting -> setting.name()).toList()) + "?"));
    }

    /** Reports keys under {@code camel.} that Camel does not have, and values that are not of their type. */
    void reportCamelKeys(CamelCatalog catalog, Findings findings) {
        List<PropertiesLines.Entry> given = entries.stream()
                .filter(entry -> entry.key().startsWith(CAMEL) && entry.value() != null).toList();
        if (given.isEmpty()) {
            return;
        }
        CamelKeys keys = new CamelKeys(catalog);
        given.forEach(entry -> keys.problem(entry.key(), entry.value())
                .ifPresent(problem -> findings.report(file.toString(), entry.line(), problem.code(),
                        problem.message())));
    }
}
