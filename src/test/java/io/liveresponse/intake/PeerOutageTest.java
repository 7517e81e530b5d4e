package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.CapturedLog;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.TenantPause;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator sees of an outage: one line at its beginning, one at its end, and readiness. */
@Tag("integration")
class PeerOutageTest {

    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final int CROWD = 100;

    @TempDir
    Path directory;

    private Simulator simulator;
    private RunningService service;

    private void start(List<SimulatorTenant> tenants, Map<String, String> settings) throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(tenants)));
        simulator.actions().put(ScenarioAction.of("contoso", ID, IntStream.range(0, CROWD)
                .mapToObj(index -> ScenarioCommand.script("a.ps1", ScenarioBlob.transcript("a.ps1", 1, "", "failed")))
                .toArray(ScenarioCommand[]::new)));
        Map<String, String> all = new HashMap<>(Map.of("live-response.tenants", "contoso"));
        all.putAll(settings);
        service = new RunningService(simulator, directory, all);
    }

    @AfterEach
    void stop() {
        service.close();
        simulator.close();
    }

    private void accept(int requests) {
        IntStream.range(0, requests)
                .forEach(index -> service.context().createProducerTemplate().requestBody("direct:live-response-accept-request",
                        new Request("contoso", ID, index, ActionFacts.UNKNOWN)));
    }

    private HealthCheck.Result readiness(String check) {
        return HealthCheckRegistry.get(service.context()).getCheck(check).orElseThrow().call();
    }

    private String message(String check) {
        return readiness(check).getMessage().orElse("");
    }

    @ParameterizedTest
    @CsvSource({"TOKEN, sign-in of tenant contoso", "ACTION, API for actions of tenant contoso", "LINK, API for links of tenant contoso",
            "BLOB, blob store of tenant contoso", "TICKET, sink ticket"})
    void an_outage_is_logged_once_at_its_beginning_and_once_at_its_end_and_readiness_names_the_peer(EndpointKind kind, String peer)
            throws Exception {
        try (CapturedLog log = new CapturedLog("io.liveresponse.worker.Peers", Level.INFO)) {
            start(Scenario.demo().tenants(), Map.of("live-response.retry.delay", "10", "live-response.retry.max-delay", "100"));
            simulator.faults().on(kind).always(Fault.status(503));

            accept(3);
            await().atMost(Duration.ofSeconds(60)).until(() -> simulator.journal().count(kind) >= 12 && !log.lines().isEmpty());

            assertThat(log.lines()).hasSize(1).first().asString().startsWith("WARN " + peer + " fails: ");
            assertThat(readiness("live-response-peers").getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(message("live-response-peers")).contains("degraded: " + peer + " since ");
            simulator.faults().clear();
            service.awaitEnded(3);

            assertThat(service.all()).allMatch(request -> request.state() == RequestState.DELIVERED);
            assertThat(log.lines()).hasSize(2).last().asString().startsWith("INFO " + peer + " answers again after ");
            assertThat(message("live-response-peers")).isEmpty();
        }
    }

    @Test
    void a_token_without_the_permission_pauses_the_tenant_and_costs_a_handful_of_calls_and_no_request() throws Exception {
        List<SimulatorTenant> tenants = Scenario.demo().tenants().stream().map(tenant -> tenant.withRoles("Machine.LiveResponse")).toList();
        try (CapturedLog log = new CapturedLog("io.liveresponse.worker", Level.INFO)) {
            start(tenants, Map.of("live-response.retry.max-delay", "600000", "live-response.worker.concurrency", "8"));

            accept(CROWD);
            await().atMost(Duration.ofSeconds(60)).until(() -> !service.ledger().quota().pauses().isEmpty()
                    && service.all().size() == CROWD && service.all().stream().allMatch(request -> request.state() == RequestState.DUE));

            assertThat(service.all()).allMatch(request -> request.attempts() == 0);
            assertThat(simulator.journal().count(EndpointKind.LINK)).isBetween(1L, 16L);
            assertThat(service.ledger().quota().pauses()).extracting(TenantPause::tenant).containsExactly("contoso");
            await().until(() -> readiness("live-response-sign-in").getState() == HealthCheck.State.DOWN);
            assertThat(message("live-response-sign-in")).contains("LINK_FORBIDDEN", "Machine.ReadWrite.All");
            assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).hasSize(1).first().asString()
                    .contains("API for links of tenant contoso", "Machine.ReadWrite.All");
        }
    }

    @Test
    void a_device_that_a_policy_protects_does_not_hold_the_tenant() throws Exception {
        start(Scenario.demo().tenants(), Map.of("live-response.action.look-up", "false"));
        simulator.faults().on(EndpointKind.LINK).key(new ResultKey("contoso", ID, 0))
                .always(Fault.error(403, "DisallowedOperation", "The operation is not allowed on this device."));

        accept(3);
        service.awaitEnded(3);

        assertThat(service.all()).extracting(request -> request.key().commandIndex() + " " + request.state())
                .containsExactlyInAnyOrder("0 DEAD", "1 DELIVERED", "2 DELIVERED");
        assertThat(service.ledger().quota().pauses()).isEmpty();
    }
}
