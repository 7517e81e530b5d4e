package io.liveresponse.validate;

import io.liveresponse.settings.NearestName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Routes that opt into an unknown route configuration. Camel runs such a route without it, and so without retries. */
final class RouteConfigurationCheck implements RouteCheck {

    @Override
    public void check(Routes routes, Findings findings) {
        Set<String> known = new TreeSet<>();
        routes.top("routeConfiguration").map(configuration -> configuration.text("id")).flatMap(Optional::stream).forEach(known::add);
        routes.routes().flatMap(route -> route.get("routeConfigurationId").stream())
                .forEach(wanted -> wanted.text().stream().flatMap(names -> Stream.of(names.split(","))).map(String::strip)
                        .filter(name -> name.matches("[\\w.-]+") && !known.contains(name))
                        .forEach(name -> findings.report(wanted, Code.ROUTE_CONFIGURATION_UNKNOWN, "no route configuration has the id "
                                + name + " — "
                                + (known.isEmpty() ? "add its file" : "did you mean " + NearestName.to(name, known) + "?"))));
    }
}
