package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.BundleRoutes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each route file must keep to, so that it can be loaded beside any host's own routes. */
@Tag("integration")
class GuestInAnyHostTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    static List<Path> files() {
        return BundleRoutes.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRouteHasAnErrorHandlerOfItsOwnSinceItWouldInheritTheHosts(Path file) throws IOException {
        assertThat(routeIn(file).path("errorHandler").isMissingNode()).as(file.toString()).isEqualTo(routeIn(file).isMissingNode());
    }

    @ParameterizedTest
    @MethodSource("files")
    void theIdOfEachStepBeginsWithTheRoutesSinceANodePrefixDoesNotKeepItFromMeetingAHosts(Path file) throws IOException {
        JsonNode route = routeIn(file);

        assertThat(route.path("from").findValues("id")).extracting(JsonNode::asText)
                .allMatch(id -> id.startsWith(route.path("id").asText() + "/"));
        assertThat(route.has("nodePrefixId")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingStandsOutsideARouteOrANamedConfiguration(Path file) throws IOException {
        JsonNode only = YAML.readTree(file.toFile());

        assertThat(only).hasSize(1);
        assertThat(only.get(0).has("route") || only.get(0).path("routeConfiguration").hasNonNull("id")).isTrue();
    }

    private static JsonNode routeIn(Path file) throws IOException {
        return YAML.readTree(file.toFile()).get(0).path("route");
    }
}
