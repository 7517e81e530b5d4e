package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.liveresponse.BundleRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code routes/README.md} has a line for each route file, with the first sentence of its description. {@code -Dlive-response.rewrite=true} writes it. */
class RoutesIndexTest {

    private static final Path INDEX = Path.of("routes/README.md");
    private static final List<String> FOLDERS = List.of("", "intake", "runs", "worker", "fetch", "deliver", "rows", "rows/sinks");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void theIndexListsEachRouteFileWithWhatItDoes() throws IOException {
        String index = index();
        if (Boolean.getBoolean("live-response.rewrite")) {
            Files.writeString(INDEX, index);
        }
        assertThat(INDEX).content().isEqualTo(index);
    }

    @Test
    void noRouteFileHasMoreThanNinetyLines() throws IOException {
        for (Path file : BundleRoutes.files()) {
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(90);
        }
    }

    private static String index() throws IOException {
        StringBuilder index = new StringBuilder(
                """
                        # Routes

                        The flow, one file per route, named as the route. `route-result` decides where a result goes and `failure-policy` what a failure
                        means: these two are the files to edit. `direct:live-response-<route id>` calls a route. A test keeps this page.

                        """);
        for (String folder : FOLDERS) {
            index.append("## ").append(folder.isEmpty() ? "routes" : folder).append("\n\n| file | does |\n|---|---|\n");
            for (Path file : BundleRoutes.files()) {
                Path relative = BundleRoutes.DIRECTORY.relativize(file);
                if ((relative.getParent() == null ? "" : relative.getParent().toString()).equals(folder)) {
                    index.append("| [").append(BundleRoutes.idOf(file)).append("](").append(relative).append(") | ").append(does(file))
                            .append(" |\n");
                }
            }
            index.append('\n');
        }
        return index.toString().stripTrailing() + "\n";
    }

    private static String does(Path file) throws IOException {
        for (JsonNode item : YAML.readTree(file.toFile())) {
            String description = item.elements().next().path("description").asText().strip().replaceAll("\\s+", " ");
            if (!description.isEmpty()) {
                return description.replaceFirst("(?<=[^.])\\.( .*|$)", ".").replace("|", "\\|");
            }
        }
        throw new AssertionError(file + " has no description");
    }
}
