package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.liveresponse.BundleRoutes;
import io.liveresponse.model.ResultKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdAware;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
    void each_route_has_an_error_handler_of_its_own_since_camel_prefers_the_hosts_to_that_of_a_configuration(Path file) throws IOException {
        JsonNode definitions = YAML.readTree(file.toFile());

        assertThat(definitions.findValues("route"))
                .allSatisfy(route -> assertThat(route.has("errorHandler")).as(route.path("id").asText()).isTrue());
        assertThat(definitions.findValues("routeConfiguration")).noneMatch(configuration -> configuration.has("errorHandler"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_id_of_each_step_begins_with_the_routes_by_itself_or_by_its_prefix(Path file) throws IOException {
        JsonNode route = routeIn(file);
        if (!route.isMissingNode() && !route.has("nodePrefixId")) {
            assertThat(route.path("from").findValues("id")).extracting(JsonNode::asText)
                    .isNotEmpty().allMatch(id -> id.startsWith(route.path("id").asText() + "/"));
        } else if (!route.isMissingNode()) {
            assertThat(route.path("nodePrefixId").asText()).isEqualTo(route.path("id").asText() + "/");
        }
    }

    /** The host's ids are those that Camel would generate for the steps of this bundle, and its error handler would hide every failure. */
    @Test
    void the_routes_run_beside_a_hosts_with_the_ids_that_camel_generates() throws Exception {
        AtomicInteger hidden = new AtomicInteger();
        try (CamelContext context = new DefaultCamelContext()) {
            context.getCamelContextExtension().setErrorHandlerFactory(new DeadLetterChannelBuilder("direct:hidden"));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:hidden").process(exchange -> hidden.incrementAndGet());
                    for (int number = 1; number <= 30; number++) {
                        from("direct:host" + number).routeId("host" + number)
                                .setVariable("host").constant("a").id("setVariables" + number)
                                .setBody().constant("b").id("to" + number).setHeader("c").constant("d").id("process" + number);
                    }
                }
            });
            ResourceLoader loader = PluginHelper.getResourceLoader(context);
            List<String> routes = List.of("failure-policy", "fetch-result", "fetch-attempt", "fetch-token", "call-api",
                    "call-blob-store");
            PluginHelper.getRoutesLoader(context).loadRoutes(BundleRoutes.locations(routes).stream().map(loader::resolveResource).toList());
            context.start();

            assertThat(context.getRoutes()).hasSize(31 + routes.size() - 1);
            assertThat(routes.subList(1, routes.size())).allSatisfy(route -> assertThat(idsOf(context, route)).as(route)
                    .isNotEmpty().doesNotHaveDuplicates().allMatch(id -> id.startsWith(route + "/")));
            Exchange failed = context.createProducerTemplate().request("direct:live-response-fetch-attempt",
                    exchange -> exchange.setVariable("liveResponseKey",
                            new ResultKey("nobody", "5382f7ea-7557-4ab7-9782-d50480024a4e", 0)));
            assertThat(failed.getException()).isNotNull();
            assertThat(hidden).hasValue(0);
        }
    }

    private static List<String> idsOf(CamelContext context, String route) {
        return context.getRoute(route).filter("*").stream().map(step -> ((IdAware) step).getId()).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingStandsOutsideARouteOrANamedConfiguration(Path file) throws IOException {
        JsonNode definitions = YAML.readTree(file.toFile());

        assertThat(definitions).isNotEmpty().allSatisfy(
                each -> assertThat(
                        each.has("route") || each.path("routeConfiguration").hasNonNull("id") || each.path("routeTemplate").hasNonNull("id")
                                || each.path("templatedRoute").hasNonNull("routeId"))
                        .as(each.toString()).isTrue());
    }

    private static JsonNode routeIn(Path file) throws IOException {
        return YAML.readTree(file.toFile()).get(0).path("route");
    }
}
