package io.liveresponse.settings;

import java.util.List;
import java.util.Optional;

/**
 * One setting, declared once: the defaults, the validator, the reference page and the JSON Schema all come from here.
 *
 * @param name         the whole key; the segment {@code NAME} stands for any tenant's name
 * @param type         what the value must look like
 * @param defaultValue the value where none is given, or null where there is none; may name another setting as
 *                     {@code {{live-response.x}}}
 * @param secret       true where the value must never be shown; such a setting may also be given as {@code name-file}
 * @param choices      for {@link Type#CHOICE} and {@link Type#CHOICES}, the values allowed; else empty
 * @param description  one or two sentences, with the unit
 */
public record Setting(
        String name, Type type, String defaultValue, boolean secret, List<String> choices, String description) {

    /** The segment of a name that stands for a tenant. */
    public static final String TENANT = "NAME";

    /** What the name of a secret's file ends in. */
    public static final String FILE_SUFFIX = "-file";

    /** The form of a value. */
    public enum Type {
        TEXT("text"),
        NAMES("a comma list of names (letters, digits, - and _, at most 63)"),
        TENANT_ID("a GUID or a domain such as contoso.onmicrosoft.com"),
        HOST("a host name or address, without scheme and port"),
        HOSTS("a comma list of host or *.suffix, either with :port"),
        ADDRESS("one mail address"),
        ADDRESSES("a comma list of mail addresses"),
        INTEGER("a whole number from 1 to 2147483647"),
        PORT("a port from 1 to 65535"),
        FLAG("true or false"),
        DURATION("a duration such as 500ms, 62s, 5m or 1h30m"),
        BYTES("a size such as 64KB, 16MB or 5GB"),
        PATH("a file or directory"),
        URL("an http or https URL without user info"),
        API_URL("an http or https URL without user info, query and a trailing /api"),
        AUTHORITY("an https URL of a host alone, without path, user info and query"),
        CHOICE("one of"),
        CHOICES("a comma list of");

        private final String form;

        Type(String form) {
            this.form = form;
        }
    }

    static Setting of(String name, Type type, String defaultValue, String description) {
        return new Setting(name, type, defaultValue, false, List.of(), description);
    }

    static Setting secret(String name, String description) {
        return new Setting(name, Type.TEXT, null, true, List.of(), description);
    }

    static Setting choice(String name, Type type, String defaultValue, List<String> choices, String description) {
        return new Setting(name, type, defaultValue, false, choices, description);
    }

    /** How a person would describe the form of the value, choices included. */
    public String form() {
        return choices.isEmpty() ? type.form : type.form + " " + String.join(", ", choices);
    }

    /** True where the name stands for one setting per tenant. */
    public boolean perTenant() {
        return name.contains("." + TENANT + ".");
    }

    /** The key for one tenant, or the name itself where the setting is not per tenant. */
    public String keyFor(String tenant) {
        return name.replace("." + TENANT + ".", "." + tenant + ".");
    }

    /** For a secret, the setting that names a file which holds it; empty for any other. */
    public Optional<Setting> inFile() {
        return secret
                ? Optional.of(of(name + FILE_SUFFIX, Type.PATH, null, "A file that holds it, readable by its owner alone."))
                : Optional.empty();
    }
}
