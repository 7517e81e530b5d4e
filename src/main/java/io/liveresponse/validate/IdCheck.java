package io.liveresponse.validate;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Ids that are missing or there twice, and routes without a description. */
final class IdCheck implements RouteCheck {

    @Override
    public void check(Routes routes, Findings findings) {
        routes.top("route").forEach(route -> checkRoute(route, findings));
        routes.top("from").forEach(from -> findings.report(from, Code.ROUTE_WITHOUT_ID,
                "from stands without its route — write it as route, with an id and a description"));
        Stream.of("route", "routeConfiguration").forEach(kind -> checkTwice(routes.top(kind), findings));
        routes.values().filter(value -> Routes.isStep(value) || Routes.isPart(value)).filter(value -> value.text("id").isEmpty())
                .forEach(step -> findings.report(step, Code.STEP_WITHOUT_ID,
                        (step.key() == null ? step.parent().key() : step.key()) + " has no id — add one"));
        checkSteps(routes, findings);
    }

    private static void checkRoute(YamlValue route, Findings findings) {
        if (route.text("id").filter(id -> !id.isBlank()).isEmpty()) {
            findings.report(route, Code.ROUTE_WITHOUT_ID, "the route has no id — add one, the same as the file's name");
        }
        if (route.text("description").filter(text -> !text.isBlank()).isEmpty()) {
            findings.report(route, Code.ROUTE_WITHOUT_DESCRIPTION,
                    "the route has no description — say in a sentence what it does");
        }
    }

    private static void checkTwice(Stream<YamlValue> tops, Findings findings) {
        Map<String, YamlValue> seen = new HashMap<>();
        tops.flatMap(top -> top.get("id").stream()).filter(id -> id.text().isPresent())
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
            findings.report(id, code, "the id " + name + " is that of " + earlier.file() + ":" + earlier.line()
                    + " already — rename one of them");
        }
    }
}
