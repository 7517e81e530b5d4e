package io.liveresponse.validate;

import io.liveresponse.settings.NearestName;
import io.liveresponse.settings.SettingCatalog;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.IOHelper;

/**
 * Placeholders that no setting stands behind, under our prefix or under one that is misspelt. Where the settings file is known,
 * also those of other names that it does not give; one with a default of its own may do without.
 */
final class PlaceholderCheck implements RouteCheck {

    private static final Pattern USED = Pattern.compile("(\\{\\{\\s*[?!]?|\\$\\{properties:\\s*\\??|\\$\\{propertiesExist:\\s*!?)"
            + "([\\w-]+(?:\\.[\\w-]+)*)\\s*([:}])");
    private static final Set<String> PROSE = Set.of("description", "note");
    private static final Set<String> KAMELETS = Set.of("kamelet");

    private final Optional<Set<String>> given;

    /** @param given the keys of the settings file */
    PlaceholderCheck(Optional<Set<String>> given) {
        this.given = given;
    }

    @Override
    public void check(Routes routes, Findings findings) {
        routes.values().filter(value -> value.key() == null || !PROSE.contains(value.key()))
                .forEach(value -> value.text().ifPresent(text -> check(value, text, findings)));
    }

    private void check(YamlValue value, String text, Findings findings) {
        Matcher used = USED.matcher(text);
        while (used.find()) {
            String key = used.group(2);
            if (Templates.isParameter(value, key)) {
                continue;
            }
            boolean optional = used.group(3).equals(":") || used.group(1).matches(".*[?!]");
            if (isMeantForUs(key) ? SettingCatalog.declarationOf(key).isEmpty() : !optional && isMissing(value, key)) {
                findings.report(value, Code.PLACEHOLDER_UNDECLARED, key + (isMeantForUs(key) ? " is not a setting" : " is not set anywhere")
                        + " — did you mean " + NearestName.key(key, Optional.empty()) + "?");
            }
        }
    }

    /** Also where the prefix is misspelt but the rest is right. */
    private static boolean isMeantForUs(String key) {
        return key.startsWith(SettingCatalog.PREFIX)
                || SettingCatalog.declarationOf(SettingCatalog.PREFIX + key.substring(key.indexOf('.') + 1)).isPresent();
    }

    private boolean isMissing(YamlValue value, String key) {
        return given.isPresent() && !given.get().contains(key) && System.getProperty(key) == null
                && IOHelper.lookupEnvironmentVariable(key) == null
                && value.above().noneMatch(above -> above.key() != null && KAMELETS.contains(above.key()));
    }
}
