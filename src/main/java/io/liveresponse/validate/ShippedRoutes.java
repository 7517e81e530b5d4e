package io.liveresponse.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What the bundle's own route files hold; read once, if a mistake makes it necessary. Not thread-safe. */
final class ShippedRoutes {

    private static final String PREFIX = "classpath:camel/";

    private Routes routes;

    /** The bundle's routes. */
    Routes routes() {
        if (routes == null) {
            routes = read();
        }
        return routes;
    }

    private static Routes read() {
        try {
            return new Routes(RouteFiles.inJar().stream().flatMap(source -> RouteReader.read(source, new Findings()).stream()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file, relative to the directory of routes, that consumes from the direct endpoint or creates a route that does. */
    Optional<String> fileConsuming(String direct) {
        return routes().endpoints().filter(Endpoint::isConsumer)
                .flatMap(endpoint -> endpoint.directName().stream()
                        .flatMap(name -> routes().templates().instancesFor(endpoint.at()).stream()
                                .filter(instance -> instance.expand(name).equals(direct)).map(Templates.Instance::at)))
                .map(at -> at.file().substring(PREFIX.length())).findFirst();
    }
}
