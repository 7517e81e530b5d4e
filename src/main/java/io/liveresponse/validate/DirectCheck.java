package io.liveresponse.validate;

import io.liveresponse.settings.NearestName;
import io.liveresponse.settings.Setting;
import io.liveresponse.settings.SettingCatalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether somebody listens at each direct endpoint, and only one. Of an address that ends in something dynamic every value is
 * looked for that it can have: a variable's constants in any route, or the choices of a setting.
 */
final class DirectCheck implements RouteCheck {

    private static final Pattern VARIABLE = Pattern.compile("([\\w.-]*)\\$\\{variable\\.([\\w-]+)\\}");
    private static final Pattern SETTING =
            Pattern.compile("([\\w.-]*)(?:\\$\\{properties:([\\w.-]+)(?::[^}]*)?\\}|\\{\\{\\??([\\w.-]+)(?::[^}]*)?\\}\\})");
    /** route-result names the sinks in one list; deliver-result takes one after the other from it. */
    private static final Map<String, String> LISTS = Map.of("liveResponseSink", "liveResponseSinks");
    private static final String ROUTER = "live-response-route-result";
    /** A desk that is none is no desk to deliver to. */
    private static final String NO_DESK = "none";

    @Override
    public void check(Routes routes, Findings findings) {
        Map<String, Endpoint> consumers = new HashMap<>();
        routes.endpoints().filter(Endpoint::isConsumer).forEach(endpoint -> endpoint.directName().ifPresent(name -> {
            Endpoint earlier = consumers.putIfAbsent(name, endpoint);
            if (earlier != null) {
                findings.report(endpoint.uri(), Code.DIRECT_CONSUMER_DUPLICATE, "direct:" + name + " is listened at by "
                        + earlier.uri().file() + ":" + earlier.uri().line() + " already — rename one of them");
            }
        }));
        Set<String> known = new TreeSet<>(consumers.keySet());
        routes.endpoints().filter(endpoint -> !endpoint.isConsumer()).forEach(endpoint ->
                endpoint.directName().ifPresent(name -> checkProducer(routes, endpoint, name, known, findings)));
    }

    /** Only what is called whatever the settings and results are, and the router, without which no result goes anywhere. */
    static void checkLiterals(Routes routes, Findings findings) {
        Set<String> known = new TreeSet<>();
        routes.endpoints().filter(Endpoint::isConsumer).forEach(endpoint -> endpoint.directName().ifPresent(known::add));
        routes.endpoints().filter(endpoint -> !endpoint.isConsumer()).forEach(endpoint -> endpoint.directName()
                .filter(name -> !Endpoint.DYNAMIC.matcher(name).find()).ifPresent(name -> expect(endpoint.uri(), name, known, findings)));
        if (!known.contains(ROUTER)) {
            routes.files().stream().findFirst().ifPresent(file -> expect(file, ROUTER, known, findings));
        }
    }

    private static void checkProducer(Routes routes, Endpoint endpoint, String name, Set<String> known, Findings findings) {
        Matcher variable = VARIABLE.matcher(name);
        Matcher setting = SETTING.matcher(name);
        if (variable.matches()) {
            constants(routes, LISTS.getOrDefault(variable.group(2), variable.group(2))).forEach(value ->
                    parts(value).forEach(part -> expect(value, variable.group(1) + part, known, findings)));
        } else if (setting.matches()) {
            String key = setting.group(2) != null ? setting.group(2) : setting.group(3);
            SettingCatalog.declarationOf(key).map(Setting::choices).orElse(List.of()).stream()
                    .filter(choice -> !choice.equals(NO_DESK))
                    .forEach(choice -> expect(endpoint.uri(), setting.group(1) + choice, known, findings));
        } else if (!Endpoint.DYNAMIC.matcher(name).find()) {
            expect(endpoint.uri(), name, known, findings);
        }
    }

    /** What some step sets the variable to, where it says so outright. */
    private static Stream<YamlValue> constants(Routes routes, String variable) {
        return routes.values().filter(value -> value.hasKey("setVariable") && value.text("name").filter(variable::equals).isPresent())
                .flatMap(step -> step.all().filter(value -> value.hasKey("constant") || value.hasKey("simple")))
                .flatMap(language -> language.expression().stream())
                .filter(value -> !Endpoint.DYNAMIC.matcher(value.text().orElseThrow()).find());
    }

    private static Stream<String> parts(YamlValue list) {
        return Stream.of(list.text().orElseThrow().split(",")).map(String::strip).filter(part -> !part.isEmpty());
    }

    private static void expect(YamlValue at, String name, Set<String> known, Findings findings) {
        if (!known.contains(name)) {
            findings.report(at, Code.DIRECT_WITHOUT_CONSUMER, "no route listens at direct:" + name + " — "
                    + ShippedRoutes.fileListeningAt(name).map(file -> "the bundle's " + file
                            + " does: copy it into the directory, and what else of the bundle is not there")
                            .orElseGet(() -> known.isEmpty() ? "add one" : "did you mean direct:" + NearestName.to(name, known) + ", or is a file missing?"));
        }
    }
}
