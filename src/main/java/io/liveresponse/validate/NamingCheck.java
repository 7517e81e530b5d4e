package io.liveresponse.validate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names of the bundle's own routes: a file is named as a route, template or configuration in it, and a route with the id {@code x}
 * that consumes from a {@code direct:live-response-} endpoint consumes from {@code direct:live-response-x}. Routes of users, which
 * consume from other endpoints, have any name.
 */
final class NamingCheck implements RouteCheck {

    static final String DIRECT = "live-response-";
    private static final String SUFFIX = ".camel.yaml";

    @Override
    public void check(Routes routes, Findings findings) {
        routes.endpoints().filter(Endpoint::isConsumer).filter(endpoint -> Templates.templateOf(endpoint.at()).isEmpty())
                .forEach(endpoint -> endpoint.directName().filter(name -> name.startsWith(DIRECT))
                        .ifPresent(name -> checkEndpoint(endpoint, name.substring(DIRECT.length()), findings)));
        routes.files().forEach(file -> checkFile(file, findings));
    }

    private static void checkEndpoint(Endpoint endpoint, String name, Findings findings) {
        Routes.routeOf(endpoint.at()).flatMap(route -> route.text("id")).filter(id -> !id.equals(name)).ifPresent(
                id -> findings.report(endpoint.uri(), Code.ROUTE_NAME_DIFFERS, "the route " + id + " consumes from direct:" + DIRECT + name
                        + " — rename the endpoint to direct:" + DIRECT + id + ", or the route to " + name));
    }

    /** A file with several routes has the name that they share, such as {@code splunk} for {@code rows-to-splunk}. */
    private static boolean isNamed(String file, String id) {
        return id.equals(file) || id.startsWith(file + "-") || id.endsWith("-" + file);
    }

    private static void checkFile(YamlValue file, Findings findings) {
        List<YamlValue> ids = Routes.definitions(file).flatMap(definition -> Stream.of("id", "routeId")
                .flatMap(key -> definition.get(key).stream())).filter(id -> id.text().isPresent()).toList();
        boolean ours = Routes.definitions(file).flatMap(YamlValue::all).flatMap(value -> Endpoint.of(value).stream())
                .filter(Endpoint::isConsumer)
                .anyMatch(endpoint -> endpoint.directName().filter(name -> name.startsWith(DIRECT)).isPresent());
        Optional<String> stem = Optional.of(Path.of(file.file().replaceFirst("^classpath:", "")).getFileName().toString())
                .filter(name -> name.endsWith(SUFFIX)).map(name -> name.substring(0, name.length() - SUFFIX.length()));
        if (ours && !ids.isEmpty() && stem.isPresent() && ids.stream().noneMatch(id -> isNamed(stem.get(), id.text().orElseThrow()))) {
            findings.report(ids.get(0), Code.ROUTE_NAME_DIFFERS, "the file " + stem.get() + SUFFIX + " holds the route "
                    + ids.get(0).text().orElseThrow() + " — name the file " + ids.get(0).text().orElseThrow() + SUFFIX);
        }
    }
}
