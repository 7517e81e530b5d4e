package io.liveresponse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo scenario through the routes as YAML and as XML, each in a context and against a simulator of its own. */
@Tag("integration")
class SameInXmlTest {

    private record Ending(String request, String ending) {
    }

    private record Run(Set<String> routes, List<Ending> endings, Map<EndpointKind, Long> calls, int tickets, int mails, Set<String> files) {
    }

    @TempDir
    private Path directory;

    @Test
    void theDemoScenarioEndsTheSameWithTheSameCalls() throws Exception {
        Run yaml = run("classpath:camel/**/*.camel.yaml", directory.resolve("yaml"));
        Run xml = run("classpath:camel-xml/**/*.camel.xml", directory.resolve("xml"));

        assertThat(xml).isEqualTo(yaml);
        assertThat(yaml.calls()).containsEntry(EndpointKind.UNEXPECTED, 0L).hasEntrySatisfying(EndpointKind.LINK,
                calls -> assertThat(calls).isPositive());
        assertThat(yaml.endings()).extracting(Ending::ending).contains("succeeded", "failed", "integrity-failed", "unreadable");
        assertThat(yaml.mails()).isPositive();
        assertThat(yaml.files()).isNotEmpty();
    }

    private Run run(String pattern, Path own) throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.in(own.resolve("simulator"), Scenario.demo()).withMail());
                CamelContext context = new DefaultCamelContext()) {
            Properties settings = new Properties();
            settings.putAll(simulator.settings());
            settings.put("live-response.data-directory", own.resolve("data").toString());
            settings.put("live-response.retry.delay", "20");
            settings.put("live-response.retry.max-delay", "100");
            context.getPropertiesComponent().setInitialProperties(settings);
            PluginHelper.getRoutesLoader(context).loadRoutes(PluginHelper.getPackageScanResourceResolver(context).findResources(pattern));
            context.start();
            List<Ending> endings = new ArrayList<>();
            for (ScenarioRequest request : Scenario.demo().requests()) {
                endings.add(new Ending(request.key().toString(), ending(context.createProducerTemplate(), request)));
            }
            Map<EndpointKind, Long> calls = new EnumMap<>(EndpointKind.class);
            for (EndpointKind kind : EndpointKind.values()) {
                calls.put(kind, simulator.journal().count(kind));
            }
            Set<String> routes = context.getRoutes().stream().map(Route::getId).collect(Collectors.toCollection(TreeSet::new));
            return new Run(routes, endings, calls, simulator.ticketSystem().tickets().size(), simulator.mails().size(),
                    filesIn(own.resolve("data/results")));
        }
    }

    private static String ending(ProducerTemplate template, ScenarioRequest request) {
        Exchange fetched = template.request("direct:live-response-fetch-result", exchange -> exchange.getMessage().setBody(Map.of(
                "tenant", request.key().tenant(), "machineActionId", request.key().machineActionId(), "commandIndex",
                request.key().commandIndex())));
        if (fetched.getException() != null) {
            return fetched.getException() instanceof LiveResponseException failure
                    ? failure.getCode().toString()
                    : fetched.getException().toString();
        }
        String outcome = fetched.getMessage().getBody(Result.class).outcome().toString();
        Exchange routed = template.send("direct:live-response-route-result", fetched);
        return routed.getException() == null ? outcome : outcome + ", then " + routed.getException();
    }

    private static Set<String> filesIn(Path results) throws IOException {
        try (Stream<Path> files = Files.walk(results)) {
            return files.filter(Files::isRegularFile).map(file -> results.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
