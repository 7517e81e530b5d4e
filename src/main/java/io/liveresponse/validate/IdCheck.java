package io.liveresponse.validate;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Missing route ids and descriptions, and ids that occur twice. */
final class IdCheck implements RouteCheck {

    @Override
    public void check(Routes routes, Findings findings) {
        routes.routes().filter(route -> Templates.templateOf(route).isEmpty()).forEach(route -> checkRoute(route, findings));
        checkTwice(Stream.concat(routes.routes().flatMap(route -> route.get("id").stream()),
                routes.top("templatedRoute").flatMap(route -> route.get("routeId").stream())), findings);
        Stream.of("routeConfiguration", "routeTemplate")
                .forEach(kind -> checkTwice(routes.top(kind).flatMap(top -> top.get("id").stream()), findings));
        checkSteps(routes, findings);
    }

    private static void checkRoute(YamlValue route, Findings findings) {
        boolean shortForm = !route.hasKey("route");
        if (shortForm || route.text("id").filter(id -> !id.isBlank()).isEmpty()) {
            findings.report(route, Code.ROUTE_WITHOUT_ID, "the route has no id — add one, the same as the file's name"
                    + (shortForm ? ", with route: around from:" : ""));
        } else if (route.text("description").filter(text -> !text.isBlank()).isEmpty()) {
            findings.report(route, Code.ROUTE_WITHOUT_DESCRIPTION, "the route has no description — add a sentence that says what it does");
        }
    }

    private static void checkTwice(Stream<YamlValue> ids, Findings findings) {
        Map<String, YamlValue> seen = new HashMap<>();
        ids.filter(id -> id.text().isPresent())
                .forEach(id -> reportTwice(seen, id, id.text().orElseThrow(), Code.ROUTE_ID_DUPLICATE, findings));
    }

    private static void checkSteps(Routes routes, Findings findings) {
        Map<String, YamlValue> seen = new HashMap<>();
        routes.values().filter(value -> Routes.isStep(value) || Routes.isPart(value) || value.hasKey("from"))
                .flatMap(value -> value.get("id").stream()).filter(id -> id.text().isPresent())
                .forEach(id -> reportTwice(seen, id, prefix(id) + id.text().orElseThrow(), Code.STEP_ID_DUPLICATE, findings));
    }

    private static String prefix(YamlValue value) {
        return Routes.routeOf(value).flatMap(route -> route.text("nodePrefixId")).orElse("");
    }

    private static void reportTwice(Map<String, YamlValue> seen, YamlValue id, String name, Code code, Findings findings) {
        YamlValue earlier = seen.putIfAbsent(name, id);
        if (earlier != null) {
            findings.report(id, code, "the id " + name + " is already used at " + earlier.file() + ":" + earlier.line()
                    + " — rename one of them");
        }
    }
}
