package io.liveresponse.validate;

import io.liveresponse.settings.PropertiesLines;
import io.liveresponse.settings.Setting;
import io.liveresponse.settings.SettingCatalog;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.IOHelper;

/** Which routes Camel leaves out because a setting is false. An unknown or composed precondition counts as true. */
final class Preconditions {

    private static final Pattern SETTING = Pattern.compile("\\{\\{\\s*([\\w.-]+)(?::(\\w+))?\\s*\\}\\}");

    private final Optional<SettingsFile> settings;

    /** @param settings the file that the routes are loaded with, if it is known */
    Preconditions(Optional<SettingsFile> settings) {
        this.settings = settings;
    }

    /** Whether the value belongs to a route that does not start. */
    boolean leaveOut(YamlValue value) {
        return Routes.routeOf(value).flatMap(route -> route.get("precondition")).flatMap(YamlValue::text).map(SETTING::matcher)
                .filter(Matcher::matches).flatMap(this::value).filter("false"::equalsIgnoreCase).isPresent();
    }

    private Optional<String> value(Matcher placeholder) {
        String key = placeholder.group(1);
        return Optional.ofNullable(System.getProperty(key)).or(() -> Optional.ofNullable(IOHelper.lookupEnvironmentVariable(key)))
                .or(() -> settings.flatMap(file -> file.entries().stream().filter(entry -> key.equals(entry.key())).findFirst())
                        .map(PropertiesLines.Entry::value))
                .or(() -> Optional.ofNullable(placeholder.group(2)))
                .or(() -> SettingCatalog.declarationOf(key).map(Setting::defaultValue));
    }
}
