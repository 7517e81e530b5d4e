package io.liveresponse.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What was given, where, and what it comes to once placeholders are resolved. Collects the problems found with it. */
final class SettingsSource {

    private static final String ENVIRONMENT = "environment";

    /**
     * One value at one place.
     *
     * @param value without surrounding blanks and with placeholders resolved; null if that cannot be known
     * @param file  {@code environment} for what is in no file, null for a map
     * @param line  0 if there is no file
     */
    record Given(String key, String value, boolean literal, String file, int line) {

        boolean isBlank() {
            return value != null && value.isEmpty();
        }

        boolean isOutside() {
            return file != null && line == 0;
        }
    }

    private final String file;
    private final UnaryOperator<String> environment;
    private final UnaryOperator<String> resolver;
    private final UnaryOperator<String> variables;
    private final List<Given> written = new ArrayList<>();
    private final Map<String, Given> effective = new HashMap<>();
    private final List<SettingProblem> problems = new ArrayList<>();

    /**
     * @param file     null for a map
     * @param resolver  null if placeholders stay unresolved
     * @param variables gives an environment variable's value, or null; null itself if placeholders of variables stay unresolved
     */
    SettingsSource(String file, UnaryOperator<String> environment, UnaryOperator<String> resolver, UnaryOperator<String> variables) {
        this.variables = variables;
        this.file = file;
        this.environment = environment;
        this.resolver = resolver;
    }

    /** Takes in what the file or map says; what is none of ours is left out. */
    void add(String key, String text, int line) {
        if (!key.startsWith(SettingCatalog.PREFIX)) {
            reportMissingVariables(new Given(key, null, false, file, line), text);
            return;
        }
        Given held = effective.get(key);
        Given outside = held != null && held.isOutside() ? held : outside(key);
        // a value that is overridden is not resolved: its vault may be out of reach
        Given given = outside == null ? given(key, text, file, line, resolver, variables) : given(key, text, file, line, null, null);
        written.add(given);
        effective.put(key, outside == null ? given : outside);
    }

    /** The entries of the file or map, in its order. */
    List<Given> written() {
        return written;
    }

    /** The value that holds: the environment's, else the last one written. Empty if there is none or it is blank. */
    Optional<Given> find(String key) {
        return findEvenBlank(key).filter(given -> !given.isBlank());
    }

    /** A blank of the environment holds too: to Camel it is a value. */
    Optional<Given> findEvenBlank(String key) {
        return Optional.ofNullable(effective.computeIfAbsent(key, this::outside));
    }

    boolean has(String key) {
        return find(key).isPresent();
    }

    /** A secret's own key or the key of its file; any other key as it is. */
    boolean hasValueOrFile(String key) {
        return has(key) || (SettingCatalog.declarationOf(key).orElseThrow().secret() && has(key + Setting.FILE_SUFFIX));
    }

    /** The value or its default if it is known and well formed; empty if nothing can be said about it. */
    Optional<String> sound(String key) {
        Setting setting = SettingCatalog.declarationOf(key).orElseThrow();
        Optional<Given> given = find(key);
        String value = given.isPresent() ? given.get().value() : setting.defaultValue();
        return Optional.ofNullable(value).filter(text -> SettingForm.matches(setting, text));
    }

    /** Points at the key's own line. */
    void report(SettingProblem.Code code, String key, String what) {
        report(code, key, key, what);
    }

    /** @param at the key at whose line the problem is shown; the first line if that key is not given */
    void report(SettingProblem.Code code, String key, String at, String what) {
        Given place = effective.get(at);
        report(code, place != null ? place : new Given(at, null, false, file, file == null ? 0 : 1), key, what);
    }

    void report(SettingProblem.Code code, Given place, String key, String what) {
        String printable = key.replaceAll("\\p{Cntrl}", "?");
        problems.add(new SettingProblem(place.file(), place.line(), code, key, printable + " " + what));
    }

    /** Reports that the one is missing if the other is given. */
    void need(String asking, String needed) {
        if (hasValueOrFile(asking) && !hasValueOrFile(needed)) {
            String at = has(asking) ? asking : asking + Setting.FILE_SUFFIX;
            String form = SettingCatalog.declarationOf(needed).orElseThrow().form();
            report(SettingProblem.Code.SETTING_MISSING, needed, at, "is missing — " + asking + " needs it; give " + form);
        }
    }

    List<SettingProblem> problems() {
        return problems;
    }

    private Given outside(String key) {
        String text = environment.apply(key);
        return text == null ? null : given(key, text, ENVIRONMENT, 0, resolver, variables);
    }

    private void reportMissingVariables(Given place, String text) {
        if (variables != null) {
            Variables.missing(text, variables).forEach(name -> report(SettingProblem.Code.SETTING_VARIABLE_MISSING, place, place.key(),
                    "needs the variable " + name.replaceAll("\\p{Cntrl}", "?")
                            + ", which is not set — set it, or write the value in its place"));
        }
    }

    private Given given(String key, String text, String where, int line, UnaryOperator<String> placeholders, UnaryOperator<String> known) {
        String stripped = text.strip();
        if (!stripped.contains("{{") && !stripped.contains("${")) {
            return new Given(key, stripped, true, where, line);
        }
        Given opaque = new Given(key, null, false, where, line);
        if (SettingCatalog.declarationOf(key).isEmpty()) {
            return opaque;
        }
        if (known != null) {
            reportMissingVariables(opaque, stripped);
            if (!Variables.missing(stripped, known).isEmpty()) {
                return opaque;
            }
            stripped = Variables.resolve(stripped, known);
            if (!stripped.contains("{{") && !stripped.contains("${")) {
                return new Given(key, stripped.strip(), false, where, line);
            }
        }
        return placeholders == null ? opaque : resolved(opaque, stripped, placeholders);
    }

    private Given resolved(Given opaque, String text, UnaryOperator<String> placeholders) {
        try {
            String resolved = placeholders.apply(text);
            return resolved == null || resolved.contains("${")
                    ? opaque
                    : new Given(opaque.key(), resolved.strip(), false, opaque.file(), opaque.line());
        } catch (RuntimeException e) {
            // its message may quote the value
            report(SettingProblem.Code.SETTING_MALFORMED, opaque, opaque.key(),
                    "holds a placeholder that cannot be resolved (" + e.getClass().getSimpleName()
                            + ") — check the environment variable or vault entry that it names");
            return opaque;
        }
    }
}
