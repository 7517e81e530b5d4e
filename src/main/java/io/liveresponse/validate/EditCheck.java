package io.liveresponse.validate;

import io.liveresponse.settings.ProcessRedactor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.ObjectHelper;

/** Judges route files before anything that runs is touched. Not for several threads at once. */
final class EditCheck {

    private static final String UNTOUCHED = " — fix it; the previous routes keep running";

    private final RouteValidator validator = new RouteValidator();
    private final Path settings;

    /** @param settings the settings file of the running service */
    EditCheck(Path settings) {
        this.settings = settings;
    }

    /** The mistakes that the validator calls errors. */
    List<Finding> mistakes(RouteFolder folder) {
        return validator.validateRoutes(folder.sources(), Optional.of(settings)).stream().filter(Finding::error).toList();
    }

    /**
     * What Camel makes of the files, by their names.
     *
     * @param mistakes takes what Camel could not read
     */
    static Map<String, RouteFile> parse(RouteFolder folder, List<String> mistakes) {
        Map<String, RouteFile> parsed = new TreeMap<>();
        if (folder.files().isEmpty()) {
            mistakes.add(folder.directory() + ": ROUTES_MISSING the directory holds no route file" + UNTOUCHED);
        }
        // never started, so that there is nothing to stop
        CamelContext context = new DefaultCamelContext();
        for (String name : folder.files().keySet()) {
            try {
                parsed.put(name, RouteFile.parse(context, folder.resource(name)));
            } catch (Exception e) {
                mistakes.add(folder.shown(name) + ": ROUTE_NOT_READ Camel cannot read the file: " + reason(e) + UNTOUCHED);
            }
        }
        return parsed;
    }

    /** What a failure to start says, with the file and line of the route where Camel names it. */
    static String notStarted(RouteFolder folder, Map<String, RouteFile> files, Exception thrown) {
        FailedToCreateRouteException created = ObjectHelper.getException(FailedToCreateRouteException.class, thrown);
        FailedToStartRouteException started = ObjectHelper.getException(FailedToStartRouteException.class, thrown);
        String route = created != null ? created.getRouteId() : started != null ? started.getRouteId() : null;
        String location = created != null ? created.getLocation() : started != null ? started.getLocation() : null;
        String line = location != null && location.matches(".*:\\d+") ? location.substring(location.lastIndexOf(':')) : ":1";
        String place = files.entrySet().stream().filter(file -> file.getValue().ids().contains(route)).findFirst()
                .map(file -> folder.shown(file.getKey()) + line).orElse(folder.directory().toString());
        return place + ": ROUTE_NOT_STARTED " + (route == null ? "a route" : "the route " + route) + " does not start: "
                + reason(thrown) + UNTOUCHED;
    }

    /** The innermost cause's; Camel's own around it repeat the route. */
    private static String reason(Throwable thrown) {
        List<String> said = new ArrayList<>();
        for (Throwable cause : ObjectHelper.createExceptionIterable(thrown)) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                said.add(cause.getMessage());
            }
        }
        String innermost = said.isEmpty() ? thrown.getClass().getName() : said.get(0);
        return ProcessRedactor.get().redact(innermost.strip().lines().findFirst().orElseThrow());
    }
}
