package com.example.esb;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.Result;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class ApplicationTest {

    private static final String TRIAGE = "5382f7ea-7557-4ab7-9782-d50480024a4e";

    /** What application.yml says itself, and so must come from there. */
    private static final List<String> IN_THE_FILE = List.of("live-response.tenants", "live-response.tenant.contoso.tenant-id",
            "live-response.tenant.contoso.client-id", "live-response.tenant.contoso.client-secret");

    @TempDir
    private static Path directory;

    private static Simulator simulator;
    private static ConfigurableApplicationContext application;
    private static CamelContext camel;

    @BeforeAll
    static void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.demo()));
        Map<String, String> settings = simulator.settings();
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> {
            if (!IN_THE_FILE.contains(key) && !key.contains("fabrikam")) {
                arguments.add("--" + key + "=" + value);
            }
        });
        arguments.add("--CONTOSO_CLIENT_SECRET=" + settings.get("live-response.tenant.contoso.client-secret"));
        arguments.add("--live-response.data-directory=" + directory.resolve("data"));
        arguments.add("--live-response.deliver.file.directory=" + directory.resolve("results"));
        application = SpringApplication.run(Application.class, arguments.toArray(String[]::new));
        camel = application.getBean(CamelContext.class);
    }

    @AfterAll
    static void stop() {
        application.close();
        simulator.close();
    }

    @Test
    void aRequestComesBackAsItsResultAndIsDelivered() {
        Result result = application.getBean(Results.class).fetch("contoso", TRIAGE, 2);

        assertThat(result.outcome()).hasToString("file-retrieved");
        assertThat(simulator.journal().count(EndpointKind.TOKEN)).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.BLOB)).isEqualTo(1);
        assertThat(simulator.journal().calls()).hasSize(3);

        camel.createProducerTemplate().sendBody("direct:live-response-route-result", result);

        assertThat(directory.resolve("results/contoso").resolve(TRIAGE).toFile().list())
                .containsExactlyInAnyOrder("2-triage.zip", "2-triage.zip.gz", "2.result.json", "2.txt");
    }

    @Test
    void nothingButFetchRouteAndDeliverIsLoaded() {
        assertThat(camel.getRoutes()).extracting(Route::getId)
                .contains("fetch-result", "fetch-attempt", "call-api", "call-blob-store", "route-result", "to-file", "to-email", "to-ticket", "deliver-file", "deliver-email")
                .noneMatch(id -> id.matches("(accept|expand|explain|intake|worker).*"));
        assertThat(camel.getRoutes()).extracting(route -> route.getEndpoint().getEndpointUri())
                .allMatch(uri -> uri.startsWith("direct://live-response-"));
    }

    @Test
    void aBeanOfTheApplicationWins() {
        assertThat(camel.getRegistry().lookupByName("liveResponseClock")).isSameAs(application.getBean(Clock.class));
    }
}
