package io.liveresponse.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which of the bundle's own files has a route that others may miss. */
final class ShippedRoutes {

    private ShippedRoutes() {
    }

    /** The file, below the directory of routes, whose route listens at the direct endpoint; empty where none of the bundle does. */
    static Optional<String> fileListeningAt(String direct) {
        // the shipped files are canonical: only a from's own address stands at this depth
        Pattern consumer = Pattern.compile("(?m)^ {6}uri: direct:" + Pattern.quote(direct) + "$");
        try {
            return RouteFiles.inJar().stream().filter(source -> consumer.matcher(source.text()).find())
                    .map(source -> source.name().substring("classpath:camel/".length())).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
