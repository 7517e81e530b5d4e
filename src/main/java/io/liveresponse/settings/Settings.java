package io.liveresponse.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.TimeUtils;

/**
 * The settings as values. Immutable and thread-safe; a value is looked up when it is asked for, so a vault's or an
 * environment's change is seen. Names must be declared in {@link SettingCatalog}; asking for another is a programming error.
 *
 * <p>A value is what the settings file, the environment ({@code LIVE_RESPONSE_QUOTA_PER_MINUTE}) or a vault give, else
 * the declared default. A secret may also stand in a file of its own, named by the same key with {@code -file} at its end.
 */
public final class Settings {

    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(B|KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

    private final Function<String, String> source;

    private Settings(Function<String, String> source) {
        this.source = source;
    }

    /** The settings that a Camel context resolves its placeholders from. */
    public static Settings of(CamelContext context) {
        PropertiesComponent properties = context.getPropertiesComponent();
        return new Settings(key -> properties.resolveProperty(key).orElse(null));
    }

    /** The settings of a map, as a properties file would hold them. */
    public static Settings of(Map<String, String> values) {
        return new Settings(Map.copyOf(values)::get);
    }

    /** The value as text without surrounding blanks; empty where there is neither value nor default. */
    public Optional<String> find(String key) {
        Setting setting = declared(key);
        String value = source.apply(key);
        if ((value == null || value.isBlank()) && setting.secret()) {
            value = fromFile(source.apply(key + "-file"));
        }
        if (value == null || value.isBlank()) {
            value = setting.defaultValue();
        }
        return Optional.ofNullable(value).map(String::strip);
    }

    /** @throws InvalidSettingException where there is neither a value nor a default */
    public String text(String key) {
        return find(key).orElseThrow(() -> new InvalidSettingException(key, "is missing; wanted is " + declared(key).type().form()));
    }

    /** @throws InvalidSettingException where the value is no whole number above 0 */
    public int integer(String key) {
        return parse(key, Integer::parseInt, value -> value > 0);
    }

    public boolean flag(String key) {
        return parse(key, value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        }, value -> true);
    }

    /** @throws InvalidSettingException where the value is no duration above 0 */
    public Duration duration(String key) {
        return parse(key, value -> Duration.ofMillis(TimeUtils.toMilliSeconds(value)), value -> value.toMillis() > 0);
    }

    /** A size in bytes; KB, MB and GB are powers of 1,024. */
    public long bytes(String key) {
        return parse(key, Settings::parseBytes, value -> value > 0);
    }

    public Path path(String key) {
        return parse(key, Path::of, value -> true);
    }

    /** The parts of a comma list, without blanks and empty parts. */
    public List<String> list(String key) {
        return Stream.of(find(key).orElse("").split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    public List<String> tenants() {
        return list("live-response.tenants");
    }

    private <T> T parse(String key, Function<String, T> parser, java.util.function.Predicate<T> allowed) {
        String value = text(key);
        try {
            T parsed = parser.apply(value);
            if (allowed.test(parsed)) {
                return parsed;
            }
        } catch (RuntimeException e) {
            // said below, in the words of the setting
        }
        throw new InvalidSettingException(key, "is \"" + value + "\"; wanted is " + declared(key).type().form());
    }

    private static Long parseBytes(String value) {
        Matcher matcher = SIZE.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        long factor = switch (matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(Locale.ROOT)) {
            case "KB" -> 1L << 10;
            case "MB" -> 1L << 20;
            case "GB" -> 1L << 30;
            default -> 1L;
        };
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
    }

    private static String fromFile(String path) {
        if (path == null || path.isBlank()) {
            return null;
        }
        try {
            return Files.readString(Path.of(path.strip())).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the secret's file " + path, e);
        }
    }

    private static Setting declared(String key) {
        return SettingCatalog.declarationOf(key)
                .orElseThrow(() -> new IllegalArgumentException("no such setting: " + key));
    }
}
