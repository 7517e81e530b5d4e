package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.BundleRoutes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each route file must keep to, so that it can be loaded beside any host's own routes. */
class GuestInAnyHostTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    static List<Path> files() {
        return BundleRoutes.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRouteHasAnErrorHandlerOfItsOwnSinceItWouldInheritTheHosts(Path file) throws IOException {
        JsonNode route = routeIn(file);
        boolean own = route.has("errorHandler") || configurations(route).anyMatch(configuration -> configuration.has("errorHandler"));

        assertThat(own).as(file.toString()).isEqualTo(!route.isMissingNode());
    }

    @ParameterizedTest
    @MethodSource("files")
    void theIdOfEachStepBeginsWithTheRoutes(Path file) throws IOException {
        JsonNode route = routeIn(file);

        assertThat(route.path("from").findValues("id")).extracting(JsonNode::asText)
                .allMatch(id -> id.startsWith(route.path("id").asText() + "/"));
        assertThat(route.path("nodePrefixId").asText(route.path("id").asText() + "/")).isEqualTo(route.path("id").asText() + "/");
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingStandsOutsideARouteOrANamedConfiguration(Path file) throws IOException {
        JsonNode only = YAML.readTree(file.toFile());

        assertThat(only).hasSize(1);
        assertThat(only.get(0).has("route") || only.get(0).path("routeConfiguration").hasNonNull("id")).isTrue();
    }

    /** The configurations that a route names. */
    private static Stream<JsonNode> configurations(JsonNode route) throws IOException {
        List<String> names = List.of(route.path("routeConfigurationId").asText().split(","));
        List<JsonNode> found = new ArrayList<>();
        for (Path file : BundleRoutes.files()) {
            JsonNode configuration = YAML.readTree(file.toFile()).get(0).path("routeConfiguration");
            if (names.contains(configuration.path("id").asText("-"))) {
                found.add(configuration);
            }
        }
        return found.stream();
    }

    private static JsonNode routeIn(Path file) throws IOException {
        return YAML.readTree(file.toFile()).get(0).path("route");
    }
}
