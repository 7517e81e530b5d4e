package io.liveresponse.validate;

import io.liveresponse.settings.NearestName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;

/** Schemes, options and their values, by Camel's catalog. Values are never quoted: one of them may be a secret. */
final class EndpointCheck implements RouteCheck {

    private static final String UNKNOWN_VALUE = "{{x}}";
    /** A trailing or misplaced option of theirs becomes a part of the address that is called. */
    private static final Set<String> STRICT = Set.of("http", "https");

    private final CamelCatalog catalog;
    private final Preconditions preconditions;

    EndpointCheck(CamelCatalog catalog, Preconditions preconditions) {
        this.catalog = catalog;
        this.preconditions = preconditions;
    }

    @Override
    public void check(Routes routes, Findings findings) {
        routes.endpoints().forEach(endpoint -> endpoint.scheme().ifPresent(scheme -> check(endpoint, scheme, findings)));
    }

    private void check(Endpoint endpoint, String scheme, Findings findings) {
        List<String> known = catalog.findComponentNames();
        ComponentModel component = known.contains(scheme) ? catalog.componentModel(scheme) : null;
        if (component == null) {
            findings.report(endpoint.uri(), Code.ENDPOINT_UNKNOWN, scheme + " is not a component of Camel — did you mean "
                    + NearestName.to(scheme, known) + "?");
            return;
        }
        if (getClass().getResource("/META-INF/services/org/apache/camel/component/" + scheme) == null
                && !preconditions.leaveOut(endpoint.at())) {
            findings.report(endpoint.uri(), Code.ENDPOINT_NOT_INSTALLED, "the library of the component " + scheme + " is missing — put "
                    + component.getArtifactId() + " " + component.getVersion() + " and what it needs into extra/ beside bin/: mvn -f "
                    + "config/sink-libraries.xml dependency:copy-dependencies -Dcomponent=" + component.getArtifactId());
        }
        EndpointValidationResult result = catalog.validateEndpointProperties(
                uri(endpoint, scheme), STRICT.contains(scheme), endpoint.receives(), !endpoint.receives());
        report(endpoint, component, result, findings);
    }

    private static String uri(Endpoint endpoint, String scheme) {
        String path = Endpoint.DYNAMIC.matcher(endpoint.address()).replaceAll("x");
        String options = endpoint.options().entrySet().stream()
                .map(option -> option.getKey() + "=" + encode(option.getValue().isLiteral() ? option.getValue().value() : UNKNOWN_VALUE))
                .collect(Collectors.joining("&"));
        return (path.contains(":") ? path : scheme + ":") + (options.isEmpty() ? "" : "?" + options);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static void report(Endpoint endpoint, ComponentModel component, EndpointValidationResult result, Findings findings) {
        String scheme = component.getScheme();
        for (String name : names(result.getUnknown())) {
            findings.report(place(endpoint, name), Code.ENDPOINT_OPTION_UNKNOWN, scheme + " has no option " + name + " — did you mean "
                    + NearestName.to(name, options(component)) + "?");
        }
        for (String name : names(result.getRequired())) {
            findings.report(endpoint.uri(), Code.ENDPOINT_OPTION_MISSING, scheme + " requires " + name + " — add it");
        }
        for (String name : names(endpoint.receives() ? result.getNotConsumerOnly() : result.getNotProducerOnly())) {
            findings.report(place(endpoint, name), Code.ENDPOINT_OPTION_MISPLACED,
                    name + " is an option of "
                            + (endpoint.receives() ? "producers, and this is a consumer" : "consumers, and this is a producer")
                            + " of " + scheme + " — delete it");
        }
        malformed(result).entrySet().stream().filter(option -> !isPlaceholderOfUri(endpoint, option.getKey()))
                .forEach(option -> report(endpoint, component, option.getKey(), option.getValue(), findings));
    }

    /** Whether the option is a part of the address, such as the port, that a placeholder may stand for. */
    private static boolean isPlaceholderOfUri(Endpoint endpoint, String option) {
        return place(endpoint, option).equals(endpoint.uri()) && endpoint.uri().text().filter(uri -> uri.contains("{{")).isPresent();
    }

    private static void report(Endpoint endpoint, ComponentModel component, String name, String wanted, Findings findings) {
        findings.report(place(endpoint, name), Code.ENDPOINT_OPTION_MALFORMED,
                name + " is malformed — give " + (wanted.isEmpty() ? "one of " + choices(component, name) : wanted));
    }

    /** What each wants instead; empty for a choice. */
    private static Map<String, String> malformed(EndpointValidationResult result) {
        return Stream.of(Map.entry("", map(result.getInvalidEnum())), Map.entry("true or false", map(result.getInvalidBoolean())),
                Map.entry("a whole number", map(result.getInvalidInteger())), Map.entry("a number", map(result.getInvalidNumber())),
                Map.entry("a duration such as 500 or 5s", map(result.getInvalidDuration())),
                Map.entry("a bean as #bean:name", map(result.getInvalidReference())))
                .flatMap(kind -> kind.getValue().keySet().stream().map(name -> Map.entry(name, kind.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }

    private static Map<String, String> map(Map<String, String> values) {
        return values == null ? Map.of() : values;
    }

    private static Set<String> names(Set<String> names) {
        return names == null ? Set.of() : names;
    }

    /** For a suggestion. An HTTP endpoint takes options of its component too, such as its time-outs. */
    private static Collection<String> options(ComponentModel component) {
        Stream<? extends BaseOptionModel> more = STRICT.contains(component.getScheme())
                ? component.getComponentOptions().stream()
                : Stream.empty();
        return Stream.concat(component.getEndpointOptions().stream(), more).map(BaseOptionModel::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String choices(ComponentModel component, String name) {
        return component.getEndpointOptions().stream().filter(option -> option.getName().equals(name))
                .map(BaseOptionModel::getEnums).flatMap(enums -> Optional.ofNullable(enums).stream())
                .map(enums -> String.join(", ", enums)).findFirst().orElse("its choices");
    }

    private static YamlValue place(Endpoint endpoint, String name) {
        Endpoint.Option option = endpoint.options().get(name);
        return option == null ? endpoint.uri() : option.at();
    }
}
