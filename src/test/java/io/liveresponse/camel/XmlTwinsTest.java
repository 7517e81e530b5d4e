package io.liveresponse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmlTwinsTest {

    private static final Path ROUTES = Path.of("routes");
    private static final Path SHIPPED = Path.of("target/classes/camel-xml");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^}]+}}");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    private Path directory;

    @Test
    void eachRouteFileHasATwinInTheJar() throws IOException {
        assertThat(names(SHIPPED, ".camel.xml")).isNotEmpty().isEqualTo(names(ROUTES, ".camel.yaml"));
    }

    /** Side by side: Camel 4.18.0 finds a file in a jar's subdirectory and then cannot read it (CAMEL-23370). */
    @Test
    void no_route_is_in_a_subdirectory_of_the_jar() throws IOException {
        try (Stream<Path> routes = Files.walk(ROUTES); Stream<Path> shipped = Files.list(Path.of("target/classes/camel"))) {
            assertThat(shipped.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(
                    routes.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".camel.yaml")).toList());
        }
    }

    @Test
    void theSameFilesGiveTheSameBytes() throws Exception {
        XmlTwins.write(ROUTES, directory);

        for (String name : names(SHIPPED, ".camel.xml")) {
            assertThat(directory.resolve(name + ".camel.xml")).hasSameBinaryContentAs(SHIPPED.resolve(name + ".camel.xml"));
        }
    }

    @Test
    void placeholdersAreStillPlaceholders() throws IOException {
        for (String name : names(ROUTES, ".camel.yaml")) {
            assertThat(found(PLACEHOLDER, SHIPPED.resolve(name + ".camel.xml"))).as(name)
                    .isEqualTo(found(PLACEHOLDER, yaml(name)));
        }
    }

    @Test
    void no_step_is_lost_not_even_in_a_catch_or_a_finally() throws IOException {
        for (String name : names(ROUTES, ".camel.yaml")) {
            Map<String, Integer> steps = new TreeMap<>();
            count(YAML.readTree(yaml(name).toFile()), steps);
            String twin = Files.readString(SHIPPED.resolve(name + ".camel.xml"));
            steps.forEach((step, times) -> assertThat(Pattern.compile("<" + step + "[\\s/>]").matcher(twin).results().count())
                    .as(name + ": " + step).isEqualTo(times.longValue()));
        }
    }

    private static void count(JsonNode node, Map<String, Integer> steps) {
        node.path("steps").forEach(step -> step.fieldNames().forEachRemaining(name -> steps.merge(name, 1, Integer::sum)));
        // in XML each of them is an element of its own
        node.path("steps").forEach(step -> {
            step.path("setHeaders").path("headers").forEach(header -> steps.merge("setHeader", 1, Integer::sum));
            step.path("setVariables").path("variables").forEach(variable -> steps.merge("setVariable", 1, Integer::sum));
        });
        for (String clause : List.of("doFinally", "otherwise")) {
            if (node.has(clause)) {
                steps.merge(clause, 1, Integer::sum);
            }
        }
        for (String clause : List.of("doCatch", "when")) {
            node.path(clause).forEach(each -> steps.merge(clause, 1, Integer::sum));
        }
        node.forEach(child -> count(child, steps));
    }

    @Test
    void theRetryTableStandsInOneFileOnly() throws IOException {
        for (String name : names(SHIPPED, ".camel.xml")) {
            assertThat(Files.readString(SHIPPED.resolve(name + ".camel.xml")).contains("name=\"liveResponseVerdict\"")).as(name)
                    .isEqualTo(name.equals("failure-policy"));
        }
    }

    private static Path yaml(String name) throws IOException {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            return files.filter(file -> file.endsWith(name + ".camel.yaml")).findFirst().orElseThrow();
        }
    }

    private static Set<String> names(Path in, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(in)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length())).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
