package com.example.esb;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EsbTest {

    private static final String TRIAGE = "5382f7ea-7557-4ab7-9782-d50480024a4e";

    @TempDir
    private static Path directory;

    private static final CountedCalls CALLS = new CountedCalls();

    private static Simulator simulator;
    private static Observation before;
    private static CamelContext camel;

    /** The application's own, in the place of the bundle's bean of that name. */
    private static final class CountedCalls implements QuotaGate {

        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void beforeCall(ResultKey key) {
            calls.incrementAndGet();
        }

        @Override
        public void pause(String tenant, Duration pause) {
            throw new AssertionError("nothing asks for a pause here");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        try (CamelContext alone = Esb.ofItsOwn()) {
            alone.start();
            before = Observation.of(alone);
        }
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.demo()));
        Properties settings = new Properties();
        settings.putAll(simulator.settings());
        settings.put("live-response.data-directory", directory.resolve("data").toString());
        settings.put("live-response.deliver.file.directory", directory.resolve("results").toString());
        camel = Esb.withLiveResponse(Esb.ofItsOwn(), settings);
        camel.getRegistry().bind("liveResponseQuota", CALLS);
        camel.start();
    }

    @AfterAll
    static void stop() {
        camel.stop();
        simulator.close();
    }

    @Test
    void theApplicationDoesWhatItDidBefore() throws Exception {
        try (CamelContext both = Esb.withLiveResponse(Esb.ofItsOwn(), new Properties())) {
            both.start();

            assertThat(before.answers()).containsExactly("ordered 7", "refused", "7");
            assertThat(before.received()).isEqualTo(Map.of("mock:api", 1, "mock:refused", 1, "mock:dead-letters", 1));
            assertThat(Observation.of(both)).isEqualTo(before);
        }
    }

    @Test
    void aResultIsFetchedAndDeliveredWithTheApplicationsBean() {
        int calls = CALLS.calls.get();
        Exchange fetched = fetch(TRIAGE, 2);

        assertThat(fetched.getException()).isNull();
        assertThat(fetched.getMessage().getBody(Result.class).outcome()).hasToString("file-retrieved");
        assertThat(CALLS.calls).hasValue(calls + 1);
        assertThat(simulator.journal().count(EndpointKind.BLOB, new ResultKey("contoso", TRIAGE, 2))).isEqualTo(1);

        camel.createProducerTemplate().sendBody("direct:live-response-route-result", fetched.getMessage().getBody());

        assertThat(directory.resolve("results/contoso").resolve(TRIAGE).toFile().list())
                .containsExactlyInAnyOrder("2-triage.zip", "2-triage.zip.gz", "2.result.json", "2.txt");
    }

    @Test
    void aFailureReachesTheCallerAndNotTheApplicationsDeadLetters() {
        Map<String, Integer> received = Observation.received(camel);
        Exchange fetched = camel.createProducerTemplate().request("direct:live-response-fetch-result",
                exchange -> exchange.getMessage().setBody(Map.of("tenant", "nobody", "machineActionId", TRIAGE, "commandIndex", 2)));

        assertThat(fetched.getException()).isInstanceOf(LiveResponseException.class);
        assertThat(Observation.received(camel)).isEqualTo(received);
    }

    @Test
    void anUnusableResultReachesTheCallerToo() {
        Map<String, Integer> received = Observation.received(camel);
        Exchange routed = camel.createProducerTemplate().request("direct:live-response-route-result",
                exchange -> exchange.getMessage().setBody("no result"));

        assertThat(routed.getException()).isNotNull();
        assertThat(Observation.received(camel)).isEqualTo(received);
    }

    @Test
    void noRoutesAreAddedButFetchRouteAndDeliver() {
        assertThat(camel.getRoutes()).extracting(Route::getId).contains("orders", "bad-orders", "lost-orders", "fetch-result")
                .noneMatch(id -> id.matches("(accept|expand|explain|intake|worker).*"));
        assertThat(camel.getRoutes()).filteredOn(route -> !route.getRouteId().endsWith("orders"))
                .extracting(route -> route.getEndpoint().getEndpointUri()).allMatch(uri -> uri.startsWith("direct://live-response-"));
        assertThat(camel.getCamelContextExtension().getContextPlugin(org.apache.camel.model.Model.class).getRouteConfigurationDefinitions())
                .as("the application's own alone applies to routes that do not name it").filteredOn(configuration -> configuration.getId() == null).hasSize(1);
    }

    private static Exchange fetch(String action, int index) {
        return camel.createProducerTemplate().request("direct:live-response-fetch-result",
                exchange -> exchange.getMessage().setBody(Map.of("tenant", "contoso", "machineActionId", action, "commandIndex", index)));
    }
}
