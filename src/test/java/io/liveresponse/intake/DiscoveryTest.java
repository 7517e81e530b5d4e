package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.CapturedLog;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.http.Host;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class DiscoveryTest {

    private static final ScenarioBlob GOOD = ScenarioBlob
            .text("{\"script_name\":\"a.ps1\",\"exit_code\":0,\"script_output\":\"ok\",\"script_errors\":\"\"}");

    @TempDir
    Path directory;

    private Simulator simulator;
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator
                .start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(Scenario.demo().tenants())).withPageSize(2));
    }

    @AfterEach
    void stop() {
        service.close();
        simulator.close();
    }

    private void discover() throws Exception {
        discover(Map.of());
    }

    private void discover(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("live-response.intake.discovery.enabled", "true",
                "live-response.intake.discovery.period", "300ms", "live-response.intake.discovery.lookback", "1d"));
        all.putAll(settings);
        service = new RunningService(simulator, directory, all);
    }

    @Test
    void a_pinned_version_is_in_the_path_of_every_page_and_action() throws Exception {
        for (int n = 1; n <= 3; n++) {
            simulator.actions().put(ScenarioAction.of("contoso", id(n), ScenarioCommand.script("a.ps1", GOOD)));
        }
        simulator.actions().put(ScenarioAction.of("contoso", id(4), ScenarioCommand.script("a.ps1", GOOD)).withStatus("InProgress"));

        discover(Map.of("live-response.tenants", "contoso", "live-response.tenant.contoso.api-version", "v1.0"));
        await().atMost(Duration.ofSeconds(60)).until(() -> simulator.journal().count(EndpointKind.LINK) == 3
                && simulator.journal().count(EndpointKind.ACTION) >= 1);

        assertThat(simulator.journal().calls()).filteredOn(call -> call.host() == Host.API).hasSizeGreaterThan(5)
                .allSatisfy(call -> assertThat(call.target()).startsWith("/api/v1.0/machineactions"));
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void findsEveryResultOfEveryTenantOnceHoweverOftenItLooks() throws Exception {
        for (int n = 1; n <= 5; n++) {
            simulator.actions()
                    .put(ScenarioAction.of("contoso", id(n), ScenarioCommand.putFile("a"), ScenarioCommand.script("a.ps1", GOOD)));
        }
        simulator.actions().put(ScenarioAction.of("fabrikam", id(6), ScenarioCommand.script("a.ps1", null).withStatus("Failed"),
                ScenarioCommand.script("b.ps1", null).withStatus("Created")).withStatus("Failed").createdAgo(Duration.ofHours(2)));
        simulator.actions()
                .put(ScenarioAction.of("contoso", id(7), ScenarioCommand.script("old.ps1", GOOD)).createdAgo(Duration.ofDays(2)));
        simulator.actions().put(new ScenarioAction("contoso", id(8), "Isolate", null, null, null, null, null, null, null, 0, null));

        discover();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> simulator.journal().count(EndpointKind.ACTIONS, "contoso") >= 9 && service.all().size() >= 7
                        && service.request(new ResultKey("fabrikam", id(6), 1)).endedAt() != null
                        && service.all().stream().filter(request -> request.endedAt() != null).count() >= 6);

        assertThat(service.all()).hasSize(7);
        for (int n = 1; n <= 5; n++) {
            RequestRecord request = service.request(new ResultKey("contoso", id(n), 1));
            assertThat(request.fetched().outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(request.action().requestor()).isEqualTo("secops@contoso.com");
            assertThat(simulator.journal().count(EndpointKind.LINK, request.key())).isEqualTo(1);
        }
        assertThat(service.request(new ResultKey("fabrikam", id(6), 1)).fetched().outcome()).isEqualTo(Outcome.NOT_EXECUTED);
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void followsAnActionUntilItEndsThoughTheListFailsMeanwhile() throws Exception {
        simulator.faults().on(EndpointKind.ACTIONS).once(Fault.status(500));
        simulator.actions().put(ScenarioAction.of("contoso", id(1), ScenarioCommand.script("a.ps1", GOOD)).createdAgo(Duration.ofSeconds(2))
                .withStatus("InProgress"));

        discover();
        await().atMost(Duration.ofSeconds(60)).until(() -> simulator.journal().count(EndpointKind.ACTION) >= 2);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isZero();
        simulator.faults().on(EndpointKind.ACTIONS).always(Fault.status(500));
        simulator.actions().put(ScenarioAction.of("contoso", id(1), ScenarioCommand.script("a.ps1", GOOD)).createdAgo(Duration.ofDays(3)));
        service.awaitEnded(2);

        assertThat(service.request(new ResultKey("contoso", id(1), 0)).fetched().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
    }

    @Test
    void every_call_that_lists_or_gets_actions_is_counted_in_the_ledger_where_the_next_run_and_other_nodes_find_it() throws Exception {
        simulator.actions().put(ScenarioAction.of("contoso", id(1), ScenarioCommand.script("a.ps1", GOOD)).createdAgo(Duration.ofSeconds(2))
                .withStatus("InProgress"));
        discover();
        await().atMost(Duration.ofSeconds(60)).until(() -> simulator.journal().count(EndpointKind.ACTION, "contoso") >= 1
                && simulator.journal().count(EndpointKind.ACTIONS, "contoso") >= 2);
        service.close();

        String tenantId = Scenario.demo().tenants().stream().filter(tenant -> tenant.name().equals("contoso")).findFirst().orElseThrow()
                .tenantId();
        try (LedgerDatabase database = LedgerDatabase.attach(LedgerAddress.inDirectory(directory.resolve("data")))) {
            Ledger next = new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of())));
            assertThat((long) next.quota().use(CallKind.ACTION, tenantId).inHour()).isEqualTo(
                    simulator.journal().count(EndpointKind.ACTION, "contoso") + simulator.journal().count(EndpointKind.ACTIONS, "contoso"));
        }
    }

    @Test
    void an_outage_of_the_list_is_logged_once_at_its_beginning_and_once_at_its_end() throws Exception {
        simulator.faults().on(EndpointKind.ACTIONS).always(Fault.status(503));
        try (CapturedLog log = new CapturedLog("io.liveresponse.worker.Discovery", Level.INFO)) {
            discover();
            await().atMost(Duration.ofMinutes(1)).until(() -> simulator.journal().count(EndpointKind.ACTIONS, "contoso") >= 3
                    && simulator.journal().count(EndpointKind.ACTIONS, "fabrikam") >= 3);
            simulator.faults().clear();
            await().atMost(Duration.ofMinutes(1)).until(() -> log.lines().stream().filter(line -> line.startsWith("INFO")).count() == 2);

            assertThat(log.lines()).extracting(line -> line.replaceFirst("(discovery of \\w+ \\w+).*", "$1")).containsExactlyInAnyOrder(
                    "WARN discovery of contoso fails", "WARN discovery of fabrikam fails",
                    "INFO discovery of contoso works", "INFO discovery of fabrikam works");
        }
    }

    private static String id(int n) {
        return "00000000-0000-4000-8000-00000000000" + n;
    }
}
