package io.liveresponse.promise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.liveresponse.BundleRoutes;
import io.liveresponse.model.ResultKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The shipped routes with places in them at which one request each waits for as long as the process lives. */
final class PausedRoutes {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * A place in the routes.
     *
     * @param step  a step's id, without the route's
     * @param after whether the place is behind the step rather than in front of it
     * @param sink  the sink being served there, or null where it does not matter
     */
    record Place(String route, String step, boolean after, String sink) {

        static Place before(String route, String step) {
            return new Place(route, step, false, null);
        }

        static Place after(String route, String step) {
            return new Place(route, step, true, null);
        }

        Place of(String name) {
            return new Place(route, step, after, name);
        }

        String said() {
            return "waits " + (after ? "after " : "before ") + step + (sink == null ? "" : " of " + sink);
        }
    }

    private PausedRoutes() {
    }

    static void write(Path shipped, Path directory, Map<ResultKey, Place> places) throws IOException {
        for (Path file : BundleRoutes.filesIn(shipped)) {
            JsonNode routes = YAML.readTree(file.toFile());
            String route = BundleRoutes.idOf(file);
            places.forEach((key, place) -> {
                if (place.route().equals(route) && !insert(routes, key, place)) {
                    throw new IllegalArgumentException("no step " + place.step() + " in " + route);
                }
            });
            Path paused = directory.resolve(shipped.relativize(file).toString());
            Files.createDirectories(paused.getParent());
            YAML.writeValue(paused.toFile(), routes);
        }
    }

    private static boolean insert(JsonNode node, ResultKey key, Place place) {
        if (node instanceof ArrayNode steps) {
            for (int i = 0; i < steps.size(); i++) {
                JsonNode step = steps.get(i);
                if (step.size() == 1
                        && Set.of(place.step(), place.route() + "/" + place.step()).contains(step.elements().next().path("id").asText())) {
                    steps.insert(place.after() ? i + 1 : i, pause(key, place));
                    return true;
                }
            }
        }
        for (JsonNode child : List.copyOf(children(node))) {
            if (insert(child, key, place)) {
                return true;
            }
        }
        return false;
    }

    private static List<JsonNode> children(JsonNode node) {
        return Stream.iterate(node.elements(), elements -> elements.hasNext(), elements -> elements).map(elements -> elements.next())
                .toList();
    }

    private static ObjectNode pause(ResultKey key, Place place) {
        String id = place.said().replace(' ', '-') + "-" + key.machineActionId();
        String condition = "${variable.liveResponseLease.key.machineActionId} == '" + key.machineActionId() + "'"
                + (place.sink() == null ? "" : " && ${variable.liveResponseSink} == '" + place.sink() + "'");
        try {
            return (ObjectNode) YAML.readTree("""
                    filter:
                      id: %1$s
                      expression: {simple: {expression: "%2$s"}}
                      steps:
                        - log: {id: %1$s-said, message: "%3$s"}
                        - delay: {id: %1$s-wait, expression: {constant: {expression: "600000"}}}
                    """.formatted(id, condition, place.said()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
