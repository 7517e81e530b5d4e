package io.liveresponse.settings;

import io.liveresponse.settings.SettingProblem.Code;
import io.liveresponse.settings.SettingsSource.Given;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.camel.util.IOHelper;

/**
 * Finds everything that is wrong with the settings, all at once, without network and without a Camel context. Keys that do
 * not start with {@code live-response.} are none of its business. Immutable and thread-safe.
 *
 * <p>A value that holds <code>{{</code> or <code>${</code> is checked for its form only if a resolver is given; without one
 * it counts as given. Values of the environment count as given too, and win over the file's as they do in Camel.
 */
public final class SettingsValidator {

    private static final String TENANTS = "live-response.tenants";
    /** A UTF-8 byte order mark, read as Camel reads a properties file. */
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private final UnaryOperator<String> environment;
    private final UnaryOperator<String> resolver;
    private final UnaryOperator<String> variables;

    /** With this process's environment variables and system properties, and without a resolver. */
    public SettingsValidator() {
        this(SettingsValidator::outside, null, System::getenv);
    }

    /**
     * @param environment gives a key's value from outside the file, or null; see {@link IOHelper#lookupEnvironmentVariable}
     * @param resolver    replaces a text's placeholders, as a Camel context does; null if they are to stay unresolved
     */
    public SettingsValidator(UnaryOperator<String> environment, UnaryOperator<String> resolver) {
        this(environment, resolver, null);
    }

    /**
     * @param environment gives a key's value from outside the file, or null
     * @param resolver    replaces a text's placeholders; null if they are to stay unresolved
     * @param variables   gives an environment variable's value, or null, for placeholders such as {@code {{env:NAME}}}; null itself if
     *                    these placeholders stay unresolved too
     */
    public SettingsValidator(UnaryOperator<String> environment, UnaryOperator<String> resolver, UnaryOperator<String> variables) {
        this.environment = environment;
        this.resolver = resolver;
        this.variables = variables;
    }

    /** The same validator, which also looks behind placeholders; for a place where the vault and the like can be reached. */
    public SettingsValidator resolving(UnaryOperator<String> placeholders) {
        return new SettingsValidator(environment, placeholders, variables);
    }

    /** The problems of a properties file, in the order of its lines; a file that cannot be read is a problem itself. */
    public List<SettingProblem> validate(Path file) {
        SettingsSource given = new SettingsSource(file.toString(), environment, resolver, variables);
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (text.startsWith(BYTE_ORDER_MARK)) {
                given.report(Code.SETTING_MALFORMED, "the file",
                        "starts with a byte order mark, which spoils its first key — save it without");
                text = text.substring(BYTE_ORDER_MARK.length());
            }
            for (PropertiesLines.Entry entry : PropertiesLines.read(text)) {
                if (entry.value() == null) {
                    given.report(Code.SETTING_MALFORMED, new Given(entry.key(), null, false, file.toString(), entry.line()),
                            entry.key(), "holds a malformed \\uxxxx escape — write \\\\ for a backslash");
                } else {
                    given.add(entry.key(), entry.value(), entry.line());
                }
            }
        } catch (IOException e) {
            return List.of(new SettingProblem(file.toString(), 0, Code.SETTING_MISSING, "",
                    "the settings file cannot be read — check path and permissions"));
        }
        return check(given);
    }

    /** The problems of settings that a host gives as a map. */
    public List<SettingProblem> validate(Map<String, String> values) {
        SettingsSource given = new SettingsSource(null, environment, resolver, variables);
        new TreeMap<>(values).forEach((key, value) -> given.add(key, value, 0));
        return check(given);
    }

    private static List<SettingProblem> check(SettingsSource given) {
        Optional<List<String>> tenants = tenants(given);
        checkKeys(given, tenants);
        checkForms(given, tenants.orElse(List.of()));
        tenants.ifPresent(names -> names.forEach(name -> TenantCheck.check(given, name)));
        SecretCheck.check(given, tenants.orElse(List.of()));
        ConsistencyCheck.check(given);
        return given.problems().stream().sorted(Comparator.comparingInt(SettingProblem::line)).toList();
    }

    /** Empty if the list is not given, malformed or unknown. */
    private static Optional<List<String>> tenants(SettingsSource given) {
        if (!given.has(TENANTS)) {
            String hint = given.written().stream().map(Given::key).map(SettingCatalog::tenantIn).flatMap(Optional::stream)
                    .findFirst().map(name -> "add " + TENANTS + "=" + name).orElse("name at least one tenant");
            given.report(Code.SETTING_MISSING, TENANTS, "is missing — " + hint);
        }
        Optional<List<String>> tenants = given.sound(TENANTS).map(SettingForm::parts);
        Set<String> seen = new HashSet<>();
        tenants.orElse(List.of()).stream().filter(name -> !seen.add(IOHelper.normalizeEnvironmentVariable(name)))
                .forEach(name -> given.report(Code.SETTING_CONFLICT, TENANTS, "lists " + name
                        + " and a name that differs from it in nothing or in case, - and _ alone — rename or delete one"));
        return tenants.map(names -> names.stream().distinct().toList());
    }

    private static void checkKeys(SettingsSource given, Optional<List<String>> tenants) {
        Optional<Set<String>> listed = tenants.map(Set::copyOf);
        Map<String, Integer> lines = new HashMap<>();
        Set<String> strangers = new HashSet<>();
        for (Given entry : given.written()) {
            String key = entry.key();
            Integer earlier = lines.put(key, entry.line());
            if (earlier != null) {
                given.report(Code.SETTING_DUPLICATE, entry, key,
                        "is already set on line " + earlier + ", and only the last one takes effect — delete one of them");
            }
            Optional<String> stranger = SettingCatalog.tenantIn(key)
                    .filter(name -> listed.isPresent() && !listed.get().contains(name));
            if (SettingCatalog.declarationOf(key).isEmpty()) {
                given.report(Code.SETTING_UNKNOWN, entry, key,
                        "is not a setting — did you mean " + NearestName.key(key, tenants) + "?");
            } else if (stranger.isPresent() && strangers.add(stranger.get())) {
                given.report(Code.SETTING_UNKNOWN, entry, key, "is for the tenant " + stranger.get() + ", which " + TENANTS
                        + " does not list — add it there, or did you mean " + NearestName.to(stranger.get(), tenants.get()) + "?");
            }
        }
    }

    private static void checkForms(SettingsSource given, List<String> tenants) {
        given.written().forEach(entry -> SettingCatalog.declarationOf(entry.key())
                .ifPresent(setting -> checkForm(given, entry, setting)));
        SettingCatalog.keys(tenants).stream().map(given::findEvenBlank).flatMap(Optional::stream).filter(Given::isOutside)
                .forEach(entry -> checkForm(given, entry, SettingCatalog.declarationOf(entry.key()).orElseThrow()));
    }

    private static void checkForm(SettingsSource given, Given entry, Setting setting) {
        if (entry.isBlank()) {
            if (setting.defaultValue() != null) {
                given.report(Code.SETTING_MALFORMED, entry, entry.key(),
                        "is empty — leave it out for the default " + setting.defaultValue() + ", or give " + setting.form());
            }
        } else if (entry.value() != null && !SettingForm.matches(setting, entry.value())) {
            given.report(Code.SETTING_MALFORMED, entry, entry.key(), SettingForm.complaint(setting, entry.value()));
        }
    }

    private static String outside(String key) {
        String variable = IOHelper.lookupEnvironmentVariable(key);
        return variable == null ? System.getProperty(key) : variable;
    }
}
