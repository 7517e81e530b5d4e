package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.liveresponse.BundleRoutes;
import io.liveresponse.validate.Finding;
import io.liveresponse.validate.RouteSource;
import io.liveresponse.validate.RouteValidator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;

/** An editor reads a route file into a tree, prints the tree and keeps nothing else. */
@Tag("integration")
class KaotoRoundTripTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    static List<Path> files() {
        return BundleRoutes.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatAnEditorPrintsIsTheSameTreeAndTheSameRoutes(Path file) throws Exception {
        String written = Files.readString(file);
        String printed = YAML.writeValueAsString(YAML.readTree(written));

        assertThat(YAML.readTree(printed)).isEqualTo(YAML.readTree(written));
        assertThat(model(file, printed)).isEqualTo(model(file, written)).isNotBlank();
    }

    @Test
    void theValidatorFindsNothingInWhatAnEditorPrints() throws IOException {
        List<RouteSource> printed = new ArrayList<>();
        for (Path file : files()) {
            printed.add(new RouteSource(file.toString(), YAML.writeValueAsString(YAML.readTree(file.toFile()))));
        }

        assertThat(new RouteValidator().validate(printed, Optional.empty())).extracting(Finding::toString).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingIsSaidInACommentSinceAnEditorDropsIt(Path file) throws IOException {
        Iterable<Event> events = new Parse(LoadSettings.builder().setParseComments(true).build()).parseString(Files.readString(file));

        assertThat(events).noneMatch(event -> event instanceof CommentEvent comment
                && comment.getCommentType() != org.snakeyaml.engine.v2.comments.CommentType.BLANK_LINE);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileHoldsRoutesOfOneThingInTheLongForm(Path file) throws IOException {
        JsonNode tree = YAML.readTree(file.toFile());

        assertThat(tree.isArray()).isTrue();
        assertThat(tree).isNotEmpty().allSatisfy(item -> assertThat(item.fieldNames()).toIterable().singleElement().isIn("route",
                "routeConfiguration", "routeTemplate", "templatedRoute"));
        for (JsonNode item : tree) {
            JsonNode top = item.elements().next();
            if (item.has("route")) {
                assertThat(top.path("description").asText()).isNotBlank();
                assertThat(top.path("from").path("uri").asText()).isNotBlank();
                assertThat(top.path("from").path("steps")).isNotEmpty();
            }
            everyStepIsAMapping(top);
            noExpressionIsInTheShortForm(top);
        }
    }

    private static void everyStepIsAMapping(JsonNode node) {
        node.fields().forEachRemaining(field -> {
            if (field.getKey().equals("steps")) {
                field.getValue().forEach(step -> assertThat(step).as(step.toString()).hasSize(1));
            }
        });
        node.forEach(KaotoRoundTripTest::everyStepIsAMapping);
    }

    private static void noExpressionIsInTheShortForm(JsonNode node) {
        node.fields().forEachRemaining(field -> {
            if (Set.of("simple", "constant", "variable", "header", "tokenize", "jsonpath").contains(field.getKey())) {
                assertThat(field.getValue().isObject()).as(node.toString()).isTrue();
            }
        });
        node.forEach(KaotoRoundTripTest::noExpressionIsInTheShortForm);
    }

    /** What Camel makes of it, printed by Camel. */
    private static String model(Path file, String yaml) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Resource resource = ResourceHelper.fromBytes("file:" + file, yaml.getBytes(StandardCharsets.UTF_8));
            StringBuilder model = new StringBuilder();
            for (RoutesBuilder each : PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource)) {
                RouteConfigurationBuilder builder = (RouteConfigurationBuilder) each;
                builder.setCamelContext(context);
                builder.configuration();
                builder.configure();
                for (NamedNode definition : List.of(builder.getRouteCollection(), builder.getRouteConfigurationCollection())) {
                    model.append(PluginHelper.getModelToXMLDumper(context).dumpModelAsXml(context, definition, false, false, false));
                }
            }
            return model.toString();
        }
    }
}
