package io.liveresponse.settings;

import java.util.List;

/**
 * One setting, declared once: the defaults, the validator, the reference page and the JSON Schema all come from here.
 *
 * @param name         the whole key; the segment {@code NAME} stands for any tenant's name
 * @param type         what the value must look like
 * @param defaultValue the value where none is given, or null where there is none
 * @param secret       true where the value must never be shown; such a setting may also be given as {@code name-file}
 * @param choices      for {@link Type#CHOICE}, the values allowed; else empty
 * @param description  one or two sentences, with the unit
 */
public record Setting(
        String name, Type type, String defaultValue, boolean secret, List<String> choices, String description) {

    /** The segment of a name that stands for a tenant. */
    public static final String TENANT = "NAME";

    /** The form of a value. */
    public enum Type {
        TEXT("text"),
        NAMES("a comma list of names (letters, digits, - and _)"),
        TEXTS("a comma list"),
        ADDRESSES("a comma list of mail addresses"),
        INTEGER("a whole number above 0"),
        PORT("a port from 0 to 65535"),
        FLAG("true or false"),
        DURATION("a duration such as 500ms, 62s, 5m or 2h"),
        BYTES("a size such as 64KB, 16MB or 5GB"),
        PATH("a file or directory"),
        URL("an http or https URL"),
        CHOICE("one of a list");

        private final String form;

        Type(String form) {
            this.form = form;
        }

        /** How a person would describe the form. */
        public String form() {
            return form;
        }
    }

    static Setting of(String name, Type type, String defaultValue, String description) {
        return new Setting(name, type, defaultValue, false, List.of(), description);
    }

    static Setting secret(String name, String description) {
        return new Setting(name, Type.TEXT, null, true, List.of(), description);
    }

    static Setting choice(String name, String defaultValue, List<String> choices, String description) {
        return new Setting(name, Type.CHOICE, defaultValue, false, choices, description);
    }

    /** True where the name stands for one setting per tenant. */
    public boolean perTenant() {
        return name.contains("." + TENANT + ".");
    }

    /** The key for one tenant, or the name itself where the setting is not per tenant. */
    public String keyFor(String tenant) {
        return name.replace("." + TENANT + ".", "." + tenant + ".");
    }
}
