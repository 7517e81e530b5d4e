package io.liveresponse.settings;

import java.util.List;
import java.util.Optional;

/**
 * One setting, declared once: the defaults, the validator, the reference page and the JSON Schema all come from here.
 *
 * @param name         the whole key; the segment {@code NAME} is a placeholder for a tenant's name
 * @param type         what the value must look like
 * @param defaultValue the value if none is given, or null if there is none; may name another setting as
 *                     {@code {{live-response.x}}}
 * @param secret       true if the value must never be shown; such a setting may also be given as {@code name-file}
 * @param choices      for {@link Type#CHOICE} and {@link Type#CHOICES}, the values allowed; else empty
 * @param description  one or two sentences, with the unit
 */
public record Setting(
        String name, Type type, String defaultValue, boolean secret, List<String> choices, String description) {

    /** The segment of a name that stands for a tenant. */
    public static final String TENANT = "NAME";

    /** What the name of a secret's file ends in. */
    public static final String FILE_SUFFIX = "-file";

    /**
     * The form of a value, for people and as a pattern of the whole value that Java and JSON Schema both understand. What a
     * pattern cannot say, such as a range, is in {@link SettingForm}.
     */
    public enum Type {
        TEXT("text", "[^\\x00-\\x1f]*"),
        NAME("a name (letters, digits, - and _, at most 63)", Patterns.NAME),
        NAMES(
                "a comma list of names (letters, digits, - and _, at most 63)", null,
                Patterns.NAME),
        TENANT_ID("a GUID or a domain such as contoso.onmicrosoft.com",
                "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|" + Patterns.LABEL + "(?:\\." + Patterns.LABEL + ")+"),
        HOST(
                "a host name or address, without scheme and port",
                Patterns.HOST + "\\.?|" + Patterns.IPV6),
        HOSTS("a comma list of host or *.suffix, either with :port",
                null, "(?:(?:\\*\\.)?" + Patterns.HOST + "|" + Patterns.IPV6 + ")(?::\\d{1,5})?"),
        ADDRESS(
                "one mail address", Patterns.ADDRESS),
        ADDRESSES("a comma list of mail addresses", null,
                Patterns.ADDRESS),
        INTEGER("a whole number from 1 to 2147483647",
                "\\d{1,10}"),
        PORT("a port from 1 to 65535", "\\d{1,5}"),
        FLAG(
                "true or false", "[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]"),
        /** In Camel's notation or that of ISO 8601. Camel's parser reads {@code 5x} as 0 and {@code 10sec} as 10 s, so neither is allowed. */
        DURATION("a duration such as 500ms, 62s, 5m, 1h30m or PT62S",
                "\\d{1,15}|(?=\\d)(?:\\d{1,5}d)?(?:\\d{1,7}h)?(?:\\d{1,9}m)?(?:\\d{1,10}s)?(?:\\d{1,15}ms)?"
                        + "|[Pp](?=[\\dTt])(?:\\d{1,5}[Dd])?(?:[Tt](?=\\d)(?:\\d{1,7}[Hh])?(?:\\d{1,9}[Mm])?(?:\\d{1,10}(?:\\.\\d{1,9})?[Ss])?)?"),
        BYTES(
                "a size such as 64KB, 16MB or 5GB",
                "\\d{1,18}\\s*(?:[KkMmGgTt]?[Bb])?"),
        PATH("a file or directory", "[^\\x00-\\x1f]*"),
        LAYOUT(
                "directories with {action} and, as wanted, {tenant}, {device}, {outcome} and {date}",
                "(?=.*\\{action\\})" + Patterns.SEGMENT + "(?:/" + Patterns.SEGMENT + ")*"),
        /** The value of a part may hold anything but a comma, since that ends it. */
        FIELDS("a comma list of name=value", null, "[A-Za-z0-9_.\\[\\]-]+=[^,\\x00-\\x1f]*"),
        URL("an http or https URL without user info",
                "(?:https?|HTTPS?)://[^\\s/@?#]+(?:[/?#]\\S*)?"),
        PROXY_URL("an http URL of a host with a port, without user info and path",
                "(?:http|HTTP)://[^\\s/@?#:]+:\\d{1,5}/?"),
        NO_PROXY("a comma list of host, address, .suffix or *.suffix", null,
                "(?:\\*?\\.)?" + Patterns.HOST + "|" + Patterns.IPV6),
        LEVEL("one of off, error, warn, info, debug, trace",
                "off|error|warn|info|debug|trace|OFF|ERROR|WARN|INFO|DEBUG|TRACE"),
        VERSION(
                "a version such as v1.0", "v\\d{1,3}(?:\\.\\d{1,3})?"),
        API_URL(
                "an http or https URL without user info, query and a trailing /api",
                "(?!.*/[Aa][Pp][Ii]/*$)(?:https?|HTTPS?)://[^\\s/@?#]+(?:/[^\\s?#]*)?"),
        AUTHORITY(
                "an https URL of a host alone, without path, user info and query",
                "(?:https|HTTPS)://[^\\s/@?#]+/?"),
        CHOICE("one of",
                null),
        CHOICES("a comma list of", null);

        private final String form;
        private final String pattern;
        private final String part;

        Type(String form, String pattern) {
            this(form, pattern, null);
        }

        /** @param part the pattern of each part of a comma list; null for a type that is none */
        Type(String form, String pattern, String part) {
            this.form = form;
            this.pattern = pattern;
            this.part = part;
        }
    }

    /** Apart from the enum, whose own constants its constructors cannot see. */
    static final class Patterns {
        static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";
        static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
        static final String HOST = LABEL + "(?:\\." + LABEL + ")*";
        static final String IPV6 = "\\[[0-9A-Fa-f:.]+\\]";
        static final String TOKEN = "(?:[A-Za-z0-9_]|\\{(?:tenant|device|action|outcome|date)\\})";
        static final String SEGMENT = TOKEN + "(?:[. -]*" + TOKEN + ")*";
        static final String ADDRESS = "[^\\s@,;<>\"]+@" + HOST;
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

    /** The pattern of the whole value, without anchors; for Java and JSON Schema alike. */
    public String pattern() {
        return switch (type) {
            case CHOICE -> String.join("|", choices);
            default -> part().map(Setting::listOf).orElse(type.pattern);
        };
    }

    /**
     * The pattern of each part of a comma list that has at least one; empty for any other form. The pattern of a whole list is for JSON
     * Schema only: Java's matcher recurses once for each part.
     */
    Optional<String> part() {
        return type == Type.CHOICES ? Optional.of("(?:" + String.join("|", choices) + ")") : Optional.ofNullable(type.part);
    }

    private static String listOf(String part) {
        return "[\\s,]*" + part + "(?:\\s*,[\\s,]*" + part + ")*[\\s,]*";
    }

    /** True if the name stands for one setting per tenant. */
    public boolean perTenant() {
        return name.contains("." + TENANT + ".");
    }

    /** The key for one tenant, or the name itself if the setting is not per tenant. */
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
