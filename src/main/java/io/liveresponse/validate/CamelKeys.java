package io.liveresponse.validate;

import io.liveresponse.settings.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.tooling.model.MainModel;
import org.apache.camel.tooling.model.MainModel.MainOptionModel;

/**
 * The keys of Camel's own configuration. The catalog's check passes every key but those of {@code camel.main}, {@code camel.health} and
 * components, so the other groups are looked up here.
 */
final class CamelKeys {

    /** @param message names the key and what to change */
    record Problem(Code code, String message) {
    }

    private static final Set<String> BY_CATALOG = Set.of("component", "dataformat", "language");
    /** Groups whose keys are free or not in the catalog. */
    private static final Set<String> FREE = Set.of("beans", "kamelet", "routetemplate", "variable", "devconsole", "jbang", "opentelemetry2",
            "mdc");

    private final CamelCatalog catalog;
    private final TreeMap<String, MainOptionModel> options = new TreeMap<>();

    CamelKeys(CamelCatalog catalog) {
        this.catalog = catalog;
        MainModel main = catalog.mainModel();
        main.getOptions().forEach(option -> options.put(plain(option.getName()), option));
    }

    /** Empty if Camel has the key, and if nothing is known about it. */
    Optional<Problem> problem(String key, String value) {
        String[] parts = key.split("\\.");
        if (parts.length > 1 && FREE.contains(plain(parts[1])) || key.contains("[")) {
            return Optional.empty();
        }
        boolean literal = !Endpoint.DYNAMIC.matcher(value).find();
        if (parts.length > 1 && BY_CATALOG.contains(parts[1])) {
            return byCatalog(key, parts, literal ? value : "{{x}}");
        }
        MainOptionModel option = options.get(plain(key));
        if (option == null) {
            boolean inMap = options.values().stream().anyMatch(one -> one.getJavaType().equals("java.util.Map")
                    && plain(key).startsWith(plain(one.getName()) + "."));
            return inMap
                    ? Optional.empty()
                    : Optional.of(unknown(key, options.values().stream().map(one -> dashed(one.getName())).toList()));
        }
        boolean wellFormed = !literal || switch (String.valueOf(option.getType())) {
            case "boolean" -> value.strip().matches("(?i)true|false");
            case "integer" -> value.strip().matches("-?\\d{1,10}");
            case "enum" -> option.getEnums() == null || option.getEnums().stream().anyMatch(value.strip()::equalsIgnoreCase);
            default -> true;
        };
        return wellFormed
                ? Optional.empty()
                : Optional.of(malformed(key, option.getEnums() == null || option.getEnums().isEmpty()
                        ? "a value of type " + option.getType()
                        : "one of " + String.join(", ", option.getEnums())));
    }

    private Optional<Problem> byCatalog(String key, String[] parts, String value) {
        ConfigurationPropertiesValidationResult result = catalog.validateConfigurationProperty(key + "=" + value);
        if (parts.length > 2 && parts[1].equals("component") && !catalog.findComponentNames().contains(parts[2])) {
            return Optional.of(unknown(key, catalog.findComponentNames().stream().map(name -> "camel.component." + name).toList()));
        }
        if (result.getUnknown() != null && !result.getUnknown().isEmpty()) {
            Collection<String> known = parts[1].equals("component")
                    ? catalog.componentModel(parts[2]).getComponentOptions().stream()
                            .map(option -> "camel.component." + parts[2] + "." + dashed(option.getName())).toList()
                    : List.of(String.join(".", parts[0], parts[1]));
            return Optional.of(unknown(key, known));
        }
        return result.isSuccess() ? Optional.empty() : Optional.of(malformed(key, "a value of the option's type"));
    }

    private static Problem unknown(String key, Collection<String> known) {
        return new Problem(Code.CAMEL_KEY_UNKNOWN, key + " is not a key of Camel — did you mean " + NearestName.to(key, known) + "?");
    }

    private static Problem malformed(String key, String wanted) {
        return new Problem(Code.CAMEL_VALUE_MALFORMED, key + " is malformed — give " + wanted);
    }

    private static String plain(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static String dashed(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
