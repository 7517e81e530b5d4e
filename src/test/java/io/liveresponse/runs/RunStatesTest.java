package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.RunTable;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of actions, by the API's statuses; hours pass by a virtual clock. */
@Tag("integration")
class RunStatesTest {

    private static final Map<String, Object> ORDER = Map.of("script", VirtualFleet.SCRIPT);

    @TempDir
    Path directory;
    private VirtualFleet fleet;

    @AfterEach
    void close() {
        fleet.close();
    }

    private void start(Scenario scenario, Map<String, String> settings) throws Exception {
        fleet = new VirtualFleet(directory, scenario, settings, () -> Duration.ZERO);
    }

    private static Scenario scenario(ScenarioDevice... devices) {
        return VirtualFleet.scenario(Duration.ofSeconds(20)).withDevices(List.of(devices));
    }

    private static ScenarioDevice.Builder device(String name) {
        return ScenarioDevice.named(VirtualFleet.TENANT, name);
    }

    private RunTable run(Map<String, Object> order, ScenarioDevice... devices) {
        String run = fleet.order(Arrays.asList(devices), order).run();
        fleet.passUntilEnded(run);
        return fleet.finish(run);
    }

    private void assertCallsMatch(RunTable table) {
        Map<String, Long> starts = new TreeMap<>();
        table.rows().forEach(row -> starts.put(row.machineId(), (long) row.starts()));
        assertThat(fleet.simulator().journal().perSubject(EndpointKind.RUN)).isEqualTo(starts);
    }

    @Test
    void above_their_budget_the_oldest_pending_action_is_cancelled_and_its_device_runs_once_when_it_is_there() throws Exception {
        ScenarioFleet late = ScenarioFleet.of(VirtualFleet.TENANT, 12, 5).late("4", Duration.ofHours(1));
        start(VirtualFleet.scenario(late, Duration.ofSeconds(20)), Map.of("live-response.run.sessions", "3",
                "live-response.run.pending-budget", "1", "live-response.run.pending-after", "1m"));

        RunTable table = run(ORDER, late.expand().toArray(ScenarioDevice[]::new));

        assertThat(table.ends()).isEqualTo(Map.of("ran", 12));
        assertCallsMatch(table);
        assertThat(table.rows()).filteredOn(row -> row.starts() > 1).as("cancelled for others, and queued again").isNotEmpty()
                .allMatch(row -> late.expand().stream()
                        .anyMatch(device -> device.machineId().equals(row.machineId()) && !device.onlineAfter().isZero()));
        assertThat(fleet.simulator().runs().perStatus().get("Cancelled"))
                .isEqualTo(table.rows().stream().mapToLong(row -> row.starts() - 1).sum());
        assertThat(fleet.simulator().runs().scriptsPerDevice()).hasSize(12).allSatisfy((machine, times) -> assertThat(times).isOne());
        assertThat(fleet.simulator().runs().maxSessions(VirtualFleet.TENANT)).isEqualTo(3);
    }

    @Test
    void at_the_deadline_all_devices_that_wait_end_however_many_they_are() throws Exception {
        ScenarioFleet many = ScenarioFleet.of(VirtualFleet.TENANT, 1_050, 5);
        start(VirtualFleet.scenario(many, Duration.ofSeconds(20)), Map.of());

        RunTable table = run(Map.of("script", VirtualFleet.SCRIPT, "deadline", "50s"), many.expand().toArray(ScenarioDevice[]::new));

        assertThat(table.ends()).isEqualTo(Map.of("ran", 10, "cancelled", 1_040));
        assertThat(table.rows()).hasSize(1_050);
        assertThat(fleet.simulator().journal().count(EndpointKind.RUN)).isEqualTo(10);
    }

    @Test
    void an_action_that_times_out_in_the_queue_is_started_again_until_the_deadline() throws Exception {
        ScenarioDevice away = device("away").offline().build();
        start(scenario(away).withRuns(ScenarioRuns.DOCUMENTED.withWaitingStatus("Pending")), Map.of());

        RunTable table = run(Map.of("script", VirtualFleet.SCRIPT, "deadline", "5h"), away);

        assertThat(table.ends()).isEqualTo(Map.of("offline", 1));
        assertThat(table.rows().stream().toList().get(0).starts()).as("two hours in the queue each").isEqualTo(3);
        assertCallsMatch(table);
        assertThat(fleet.simulator().runs().perStatus()).isEqualTo(Map.of("TimeOut", 2L, "Cancelled", 1L));
        assertThat(fleet.simulator().journal().count(EndpointKind.LINK)).as("what never began has no result").isZero();
    }

    @Test
    void each_command_has_its_result_and_the_table_names_the_first_that_did_not_succeed() throws Exception {
        ScenarioDevice fine = device("fine").build();
        ScenarioDevice broken = device("broken").failsAt(2).build();
        start(scenario(fine, broken).withLibrary(ScenarioLibraryFile.script(VirtualFleet.TENANT, VirtualFleet.SCRIPT, "fine"),
                ScenarioLibraryFile.script(VirtualFleet.TENANT, "tool.exe", "")), Map.of());

        RunTable table = run(Map.of("commands", List.of(command("PutFile", "FileName", "tool.exe"),
                command("RunScript", "ScriptName", VirtualFleet.SCRIPT), command("GetFile", "Path", "C:\\out.txt"),
                command("GetFile", "Path", "C:\\more.txt"))), fine, broken);

        assertThat(table.ends()).isEqualTo(Map.of("ran", 2));
        assertThat(table.outcomes()).isEqualTo(Map.of("succeeded", 1, "action-failed", 1));
        assertThat(table.rows().stream().toList().get(1).reason()).contains("The file C:\\out.txt was not found");
        assertThat(outcomes(fine)).isEqualTo(Map.of(1, "succeeded", 2, "file-retrieved", 3, "file-retrieved"));
        assertThat(outcomes(broken)).isEqualTo(Map.of(1, "succeeded", 2, "action-failed", 3, "not-executed"));
    }

    private Map<Integer, String> outcomes(ScenarioDevice device) {
        return fleet.requests().stream().filter(request -> device.machineId().equals(request.action().deviceId()))
                .collect(Collectors.toMap(request -> request.key().commandIndex(), request -> request.fetched().outcome().label()));
    }

    private static Map<String, Object> command(String type, String key, String value) {
        return Map.of("type", type, "params", List.of(Map.of("key", key, "value", value)));
    }

    @Test
    void a_script_that_does_not_end_ran_and_has_the_reason_of_the_api() throws Exception {
        ScenarioDevice hanging = device("hanging").hangs().build();
        start(scenario(hanging), Map.of());

        RunTable table = run(ORDER, hanging);

        assertThat(table.rows()).singleElement().satisfies(row -> {
            assertThat(row.end()).isEqualTo("ran");
            assertThat(row.starts()).isOne();
            assertThat(row.outcome()).isEqualTo("action-failed");
            assertThat(row.reason()).contains("The script did not end within 10 minutes");
        });
    }

    @Test
    void an_action_that_somebody_else_cancels_is_not_started_again() throws Exception {
        ScenarioDevice away = device("away").offline().build();
        start(scenario(away), Map.of());
        String run = fleet.order(List.of(away), ORDER).run();
        fleet.passUntil(() -> fleet.run(run).open() == 1);

        String action = fleet.device(run).machineActionId();
        assertThat(fleet.simulator().actions().cancel(VirtualFleet.TENANT, action, "maria@contoso.com", "no")).contains(true);
        fleet.passUntilEnded(run);
        RunTable table = fleet.finish(run);

        assertThat(table.ends()).isEqualTo(Map.of("cancelled", 1));
        assertThat(table.rows().stream().toList().get(0).reason()).contains("somebody cancelled the action");
        assertCallsMatch(table);
        assertThat(fleet.simulator().journal().count(EndpointKind.CANCEL)).as("by the product").isZero();
    }

    @Test
    void two_runs_on_one_device_run_one_after_the_other() throws Exception {
        ScenarioDevice one = device("one").runTime(Duration.ofMinutes(8)).build();
        start(scenario(one), Map.of());
        String first = fleet.order(List.of(one), Map.of("script", VirtualFleet.SCRIPT, "id", "1")).run();

        RunTable second = run(Map.of("script", VirtualFleet.SCRIPT, "id", "2"), one);

        assertThat(fleet.run(first).ends()).hasToString("{RAN=1}");
        assertThat(second.ends()).isEqualTo(Map.of("ran", 1));
        assertThat(second.rows().stream().toList().get(0).starts()).as("ActiveRequestAlreadyExists, then the start").isGreaterThan(1);
        assertThat(fleet.simulator().journal().countErrors(EndpointKind.RUN, "ActiveRequestAlreadyExists"))
                .isEqualTo(second.rows().stream().toList().get(0).starts() - 1);
        assertThat(fleet.simulator().runs().scriptsPerDevice()).containsEntry(one.machineId(), 2L);
    }

    @Test
    void a_run_whose_library_may_not_be_read_is_not_fixed_to_a_hash_and_says_so() throws Exception {
        ScenarioDevice one = device("one").build();
        Scenario all = scenario(one);
        start(new Scenario(all.tenants().stream().map(tenant -> tenant.withRoles(SimulatorTenant.READ_WRITE, SimulatorTenant.LIVE_RESPONSE))
                .toList(), all.actions(), all.devices(), all.fleets(), all.library(), all.runs(), all.faults()), Map.of());

        RunPlan plan = fleet.plan(List.of(one), ORDER);

        assertThat(plan.warning()).contains("Library.Manage");
        assertThat(plan.run().scriptSha256()).isNull();
        assertThat(run(ORDER, one).ends()).isEqualTo(Map.of("ran", 1));
    }
}
