package com.example.esb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.Result;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmlRoutesTest {

    private static final String TRIAGE = "5382f7ea-7557-4ab7-9782-d50480024a4e";

    @TempDir
    private static Path directory;

    private static Simulator simulator;
    private static CamelContext camel;

    @BeforeAll
    static void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.demo()));
        Properties settings = new Properties();
        settings.putAll(simulator.settings());
        settings.put("live-response.data-directory", directory.resolve("data").toString());
        settings.put("live-response.deliver.file.directory", directory.resolve("results").toString());
        camel = XmlRoutes.start(settings);
    }

    @AfterAll
    static void stop() {
        camel.stop();
        simulator.close();
    }

    @Test
    void aRequestComesBackAsItsResultAndIsDelivered() {
        Result result = camel.createProducerTemplate().requestBody("direct:live-response-fetch-result",
                Map.of("tenant", "contoso", "machineActionId", TRIAGE, "commandIndex", 2), Result.class);

        assertThat(result.outcome()).hasToString("file-retrieved");
        assertThat(simulator.journal().count(EndpointKind.TOKEN)).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.BLOB)).isEqualTo(1);
        assertThat(simulator.journal().calls()).hasSize(3);
        assertThat(simulator.journal().bearerSeenAtBlobStore()).isZero();

        camel.createProducerTemplate().sendBody("direct:live-response-route-result", result);

        assertThat(directory.resolve("results/contoso").resolve(TRIAGE).toFile().list())
                .containsExactlyInAnyOrder("2-triage.zip", "2-triage.zip.gz", "2.result.json", "2.txt");
        assertThat(simulator.journal().calls()).hasSize(3);
    }

    @Test
    void nothingButFetchRouteAndDeliverIsLoaded() {
        assertThat(camel.getRoutes()).extracting(Route::getId)
                .contains("fetch-result", "fetch-attempt", "call-api", "call-blob-store", "route-result", "to-file", "to-email", "to-ticket", "deliver-file", "deliver-email")
                .noneMatch(id -> id.matches("(accept|expand|explain|intake|worker).*"));
        assertThat(camel.getRoutes()).extracting(route -> route.getEndpoint().getEndpointUri())
                .allMatch(uri -> uri.startsWith("direct://live-response-"));
        assertThat(directory.resolve("data/inbox")).doesNotExist();
    }

    @Test
    void thereIsNoYamlReader() {
        assertThatThrownBy(() -> Class.forName("org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader")).isInstanceOf(ClassNotFoundException.class);
    }
}
