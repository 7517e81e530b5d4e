package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.intake.RunningService;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import io.liveresponse.model.RunTable;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The shipped routes with ledger and worker against a simulator at scaled time: an hour of the simulator takes six seconds. */
abstract class RunTestSupport {

    static final String SCRIPT = "Get-Health.ps1";
    static final double SCALE = 600;
    /** What the scaled minute of the API is. */
    static final Duration MINUTE = Duration.ofMillis(100);

    @TempDir
    Path directory;

    Simulator simulator;
    RunningService service;

    final Map<String, String> settings = new HashMap<>(Map.of(
            "live-response.quota.per-minute", "20000",
            "live-response.quota.per-hour", "20000",
            "live-response.run.minute-period", "250ms",
            "live-response.run.period", "40ms",
            "live-response.run.follow-period", "150ms",
            "live-response.run.pending-after", "500ms",
            "live-response.run.retry-delay", "500ms",
            "live-response.run.look-up", "5s",
            "live-response.retry.max-delay", "500"));

    static Scenario scenario(ScenarioDevice... devices) {
        return Scenario.of(Scenario.demo().tenants()).withDevices(List.of(devices))
                .withLibrary(ScenarioLibraryFile.script("contoso", SCRIPT, "{\"device\":\"{device}\"}\n"))
                .withRuns(ScenarioRuns.DOCUMENTED.withTimeScale(SCALE));
    }

    static ScenarioDevice.Builder device(String name) {
        return ScenarioDevice.named("contoso", name);
    }

    static String id(String name) {
        return ScenarioDevice.of("contoso", name).machineId();
    }

    void start(Scenario scenario) throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), scenario)
                .withQuota(100_000, Duration.ofMinutes(1), 1_000_000, Duration.ofHours(1)));
        service = service();
    }

    RunningService service() throws Exception {
        return new RunningService(simulator, directory, settings);
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        if (simulator != null) {
            simulator.close();
        }
    }

    RunPreparation.Started order(Object order) {
        return service.context().createProducerTemplate().requestBody("direct:live-response-start-run", order,
                RunPreparation.Started.class);
    }

    RunPreparation.Started order(List<String> devices, String deadline) {
        return order(Map.of("tenant", "contoso", "script", SCRIPT, "devices", devices, "deadline", deadline));
    }

    RunRecord run(String id) {
        return service.ledger().runs().find(id).orElseThrow();
    }

    /** Waits until the run and the delivery of its table have ended. */
    RunTable awaitTable(String id) {
        await().atMost(Duration.ofSeconds(150)).pollInterval(Duration.ofMillis(100)).until(() -> run(id).state() != RunState.RUNNING);
        return new RunTables(service.ledger().runs()).of(run(id));
    }

    /** Waits until each request in the ledger has been delivered or dead-lettered. */
    void awaitAllEnded() {
        await().atMost(Duration.ofSeconds(20)).until(() -> service.all().stream()
                .allMatch(request -> request.state() == RequestState.DELIVERED || request.state() == RequestState.DEAD));
    }

    RunTable.Row row(RunTable table, String device) {
        return table.rows().stream().filter(row -> row.machineId().equals(id(device))).findFirst().orElseThrow();
    }

    /** What must hold of every run: no device twice, no limit broken, and the table's sums match what the API saw. */
    void assertSound(RunTable table) {
        Map<String, Integer> starts = new TreeMap<>();
        table.rows().stream().filter(row -> row.starts() > 0).forEach(row -> starts.put(row.machineId(), row.starts()));
        Map<String, Integer> calls = new TreeMap<>();
        simulator.journal().perSubject(EndpointKind.RUN).forEach((machine, count) -> calls.put(machine, count.intValue()));
        assertThat(calls).as("POSTs at the API by device, as the table has them").isEqualTo(starts);
        assertThat(simulator.runs().scriptsPerDevice()).allSatisfy((machine, count) -> assertThat(count).as(machine).isOne());
        assertThat(table.ends().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(table.devices())
                .isEqualTo((int) table.rows().stream().count());
        assertThat(table.ends()).doesNotContainKey("open");
        assertThat(table.outcomes().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(table.ends().getOrDefault("ran", 0));
        assertThat(simulator.runs().maxSessions("contoso")).isLessThanOrEqualTo(50);
        assertThat(simulator.journal().unexpected()).isEmpty();
    }
}
