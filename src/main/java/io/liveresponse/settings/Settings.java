package io.liveresponse.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;

/**
 * The settings as values. Immutable and thread-safe; a value is looked up when it is asked for, so a vault's or an
 * environment's change is seen. Names must be declared in {@link SettingCatalog}; asking for another is a programming error.
 *
 * <p>A value is what the settings file, the environment ({@code LIVE_RESPONSE_QUOTA_PER_MINUTE}) or a vault give, else
 * the declared default; a blank value counts as none. A secret may also be in a file of its own, named by the same key
 * with {@code -file} at its end. Every accessor throws {@link InvalidSettingException} if a value is malformed, its
 * placeholder cannot be resolved or its file cannot be read; no message contains a secret.
 */
public final class Settings {

    private static final String TENANTS = "live-response.tenants";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z.-]+)}}");

    private final Function<String, String> source;
    private final Map<String, TenantSettings> tenants = new ConcurrentHashMap<>();
    private volatile Set<String> names = Set.of();

    private Settings(Function<String, String> source) {
        this.source = source;
    }

    /** The settings that a Camel context resolves its placeholders from. */
    public static Settings of(CamelContext context) {
        PropertiesComponent properties = context.getPropertiesComponent();
        return new Settings(key -> resolve(properties, key));
    }

    /** The settings of a map, as a properties file would hold them; placeholders in it are not resolved. */
    public static Settings of(Map<String, String> values) {
        return new Settings(Map.copyOf(values)::get);
    }

    /** The value as text without surrounding blanks; empty if there is neither value nor default. */
    public Optional<String> find(String key) {
        Setting setting = declared(key);
        return given(key)
                .or(() -> setting.inFile().flatMap(file -> given(key + Setting.FILE_SUFFIX)).map(file -> contentOf(key, file)))
                .or(() -> Optional.ofNullable(setting.defaultValue()).map(this::withOtherSettings));
    }

    /** @throws InvalidSettingException if there is neither a value nor a default, or the value is malformed */
    public String text(String key) {
        return checked(key).orElseThrow(() -> new InvalidSettingException(key, "is missing — give " + declared(key).form()));
    }

    /** As {@link #find}, but a malformed value is refused. */
    Optional<String> checked(String key) {
        Optional<String> value = find(key);
        if (value.isPresent() && !SettingForm.matches(declared(key), value.get())) {
            throw new InvalidSettingException(key, SettingForm.complaint(declared(key), value.get()));
        }
        return value;
    }

    /** A whole number above 0. */
    public int integer(String key) {
        return SettingForm.integer(text(key));
    }

    public boolean flag(String key) {
        return Boolean.parseBoolean(text(key));
    }

    /** A duration above 0, to the millisecond. */
    public Duration duration(String key) {
        return SettingForm.duration(text(key));
    }

    /** A size in bytes, above 0; KB, MB and GB are powers of 1,024. */
    public long bytes(String key) {
        return SettingForm.bytes(text(key));
    }

    public Path path(String key) {
        return Path.of(text(key));
    }

    /** The parts of a comma list, without blanks and empty parts; empty if there is neither value nor default. */
    public List<String> list(String key) {
        return checked(key).map(SettingForm::parts).orElse(List.of());
    }

    /** The tenants' names, in their order. Read once, as {@link #tenant} is: there may be a thousand, and each request asks for one. */
    public Set<String> tenants() {
        Set<String> known = names;
        if (known.isEmpty()) {
            known = Collections.unmodifiableSet(new LinkedHashSet<>(list(TENANTS)));
            names = known;
        }
        return known;
    }

    /** Whose quota each tenant uses, by the tenant's name: its id at the API, which several names may share. */
    public Map<String, String> quotaKeys() {
        return tenants().stream().collect(Collectors.toMap(name -> name, name -> tenant(name).tenantId().orElse(name)));
    }

    /**
     * What is set for one tenant, the cloud's defaults filled in. Read once, since each request needs it several times; the secrets
     * are read whenever they are used.
     *
     * @throws InvalidSettingException if {@code live-response.tenants} does not list the name, or a value is malformed
     */
    public TenantSettings tenant(String name) {
        if (!tenants().contains(name)) {
            throw new InvalidSettingException(TENANTS, "does not list the tenant that was asked for");
        }
        return tenants.computeIfAbsent(name, each -> TenantSettings.of(this, each));
    }

    private Optional<String> given(String key) {
        return Optional.ofNullable(source.apply(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private String withOtherSettings(String defaultValue) {
        return PLACEHOLDER.matcher(defaultValue).replaceAll(other -> Matcher.quoteReplacement(text(other.group(1))));
    }

    /** Not resolveProperty, which takes a placeholder that cannot be resolved for a setting that was not given. */
    private static String resolve(PropertiesComponent properties, String key) {
        try {
            return properties.parseUri("{{?" + key + "}}");
        } catch (RuntimeException e) {
            // its message may quote the value
            throw new InvalidSettingException(key, "holds a placeholder that cannot be resolved (" + e.getClass().getSimpleName()
                    + ") — check the environment variable or vault entry that it names");
        }
    }

    private static String contentOf(String key, String file) {
        try {
            String content = Files.readString(Path.of(file)).strip();
            if (!content.isEmpty()) {
                return content;
            }
        } catch (IOException | InvalidPathException e) {
            // its message holds the value, which may be the secret itself
            throw new InvalidSettingException(key + Setting.FILE_SUFFIX,
                    "names a file that cannot be read — check path and permissions");
        }
        throw new InvalidSettingException(key + Setting.FILE_SUFFIX, "names an empty file — write the secret into it");
    }

    private static Setting declared(String key) {
        return SettingCatalog.declarationOf(key)
                .orElseThrow(() -> new IllegalArgumentException("no such setting: " + key));
    }
}
