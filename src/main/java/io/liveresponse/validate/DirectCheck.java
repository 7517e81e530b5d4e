package io.liveresponse.validate;

import io.liveresponse.settings.NearestName;
import io.liveresponse.settings.Setting;
import io.liveresponse.settings.SettingCatalog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether exactly one route consumes from each direct endpoint that is called. A name with a template's parameter is checked for each
 * instance of the template; a name that ends in a variable or a setting, for each constant that a route sets the variable to, or each
 * choice of the setting.
 */
final class DirectCheck implements RouteCheck {

    private static final Pattern VARIABLE = Pattern.compile("([\\w.-]*)\\$\\{variable\\.([\\w-]+)\\}");
    private static final Pattern SETTING = Pattern
            .compile("([\\w.-]*)(?:\\$\\{properties:([\\w.-]+)(?::[^}]*)?\\}|\\{\\{\\??([\\w.-]+)(?::[^}]*)?\\}\\})");
    /** A variable that holds one name of the list in another variable. */
    private static final Map<String, String> LISTS = Map.of("liveResponseSink", "liveResponseSinks");
    private static final String ROUTER = "live-response-route-result";
    /** The choice of a setting that names no route. */
    private static final String NONE = "none";

    private final ShippedRoutes shipped = new ShippedRoutes();
    private final Set<String> known = new TreeSet<>();
    /** Names of template instances that the files do not define: parameters come from Java or a Kamelet. */
    private final Set<Pattern> open = new HashSet<>();

    @Override
    public void check(Routes routes, Findings findings) {
        collect(routes, findings);
        producers(routes)
                .forEach(endpoint -> expand(routes, endpoint).forEach((name, at) -> checkProducer(routes, endpoint, at, name, findings)));
    }

    /** Checks only what is called whatever the settings and results are, and the router, which every result passes. */
    void checkLiterals(Routes routes, Findings findings) {
        collect(routes, new Findings());
        producers(routes).forEach(endpoint -> expand(routes, endpoint).forEach((name, at) -> {
            if (!Endpoint.DYNAMIC.matcher(name).find()) {
                expect(at, name, findings);
            }
        }));
        if (!isKnown(ROUTER)) {
            routes.files().stream().findFirst().ifPresent(file -> expect(file, ROUTER, findings));
        }
    }

    private static Stream<Endpoint> producers(Routes routes) {
        return routes.endpoints().filter(endpoint -> !endpoint.isConsumer());
    }

    private void collect(Routes routes, Findings findings) {
        Map<String, YamlValue> consumers = new HashMap<>();
        routes.endpoints().filter(Endpoint::isConsumer).forEach(endpoint -> {
            expand(routes, endpoint).forEach((name, at) -> {
                YamlValue earlier = consumers.putIfAbsent(name, at);
                if (earlier != null) {
                    findings.report(at, Code.DIRECT_CONSUMER_DUPLICATE, "direct:" + name + " already has a consumer at "
                            + earlier.file() + ":" + earlier.line() + " — rename one of them");
                }
            });
            endpoint.directName().filter(name -> routes.templates().instancesFor(endpoint.at()).isEmpty())
                    .ifPresent(name -> open.add(Pattern.compile(Stream.of(Endpoint.DYNAMIC.split(name, -1)).map(Pattern::quote)
                            .reduce((one, other) -> one + ".+" + other).orElse(""))));
        });
        known.addAll(consumers.keySet());
    }

    /** The names of the endpoint, each with the place to show: the templated route if a parameter is in the name. */
    private static Map<String, YamlValue> expand(Routes routes, Endpoint endpoint) {
        Map<String, YamlValue> names = new LinkedHashMap<>();
        endpoint.directName().ifPresent(name -> routes.templates().instancesFor(endpoint.at()).forEach(instance -> {
            String expanded = instance.expand(name);
            names.putIfAbsent(expanded, expanded.equals(name) ? endpoint.uri() : instance.at());
        }));
        return names;
    }

    private void checkProducer(Routes routes, Endpoint endpoint, YamlValue at, String name, Findings findings) {
        Matcher variable = VARIABLE.matcher(name);
        Matcher setting = SETTING.matcher(name);
        if (variable.matches()) {
            constants(routes, LISTS.getOrDefault(variable.group(2), variable.group(2)))
                    .forEach(value -> parts(value).forEach(part -> expect(value, variable.group(1) + part, findings)));
        } else if (setting.matches()) {
            String key = setting.group(2) != null ? setting.group(2) : setting.group(3);
            SettingCatalog.declarationOf(key).map(Setting::choices).orElse(List.of()).stream()
                    .filter(choice -> !choice.equals(NONE))
                    .forEach(choice -> expect(endpoint.uri(), setting.group(1) + choice, findings));
        } else if (!Endpoint.DYNAMIC.matcher(name).find()) {
            expect(at, name, findings);
        }
    }

    /** The literal values that any step sets the variable to. */
    private static Stream<YamlValue> constants(Routes routes, String variable) {
        return routes.values().filter(value -> value.hasKey("setVariable") && value.text("name").filter(variable::equals).isPresent())
                .flatMap(step -> step.all().filter(value -> value.hasKey("constant") || value.hasKey("simple")))
                .flatMap(language -> language.expression().stream())
                .filter(value -> !Endpoint.DYNAMIC.matcher(value.text().orElseThrow()).find());
    }

    private static Stream<String> parts(YamlValue list) {
        return Stream.of(list.text().orElseThrow().split(",")).map(String::strip).filter(part -> !part.isEmpty());
    }

    private boolean isKnown(String name) {
        return known.contains(name) || open.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private void expect(YamlValue at, String name, Findings findings) {
        if (isKnown(name)) {
            return;
        }
        findings.report(at, Code.DIRECT_WITHOUT_CONSUMER, "no route consumes from direct:" + name + " — "
                + shipped.fileConsuming(name).map(file -> "copy the bundle's " + file
                        + ", which does, into the directory, and every other file of the bundle that is missing")
                        .orElseGet(() -> known.isEmpty()
                                ? "add one"
                                : "did you mean direct:" + NearestName.to(name, known) + ", or is a file missing?"));
    }
}
