package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.RunDeadline;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import io.liveresponse.model.RunTable;
import io.liveresponse.runs.RunTables;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The second promise for runs, with SIGKILL: a script on a fleet of which some are away, restricted or not supported.
 * {@code -Dlive-response.long=true} kills 20 times over 300 devices, {@code -Dlive-response.seed=N} at other points.
 */
@Tag("integration")
class NoScriptRunsTwiceTest {

    private static final boolean LONG = Boolean.getBoolean("live-response.long");
    private static final long SEED = Long.getLong("live-response.seed", 20260301);
    private static final int KILLS = LONG ? 20 : 3;
    private static final int DEVICES = LONG ? 300 : 60;
    private static final ScenarioFleet FLEET = ScenarioFleet.of("contoso", DEVICES, 7).offline("20%").restricted("3").unsupported("5");
    /** An hour of the API takes six seconds. */
    private static final double SCALE = 600;
    private static final Duration MINUTE = Duration.ofMillis(100);
    private static final int PER_MINUTE = 10;

    @TempDir
    Path directory;

    @Test
    void every_device_of_a_run_ends_once_and_no_script_runs_twice_however_often_the_process_is_killed() throws Exception {
        Random random = new Random(SEED);
        try (CrashWorld world = world()) {
            world.putInInbox("fleet.run.yaml", "tenant: contoso\nscript: Get-Health.ps1\ndeadline: 12h\ndevices: ["
                    + FLEET.expand().stream().map(ScenarioDevice::machineId).collect(Collectors.joining(", ")) + "]\n");
            for (int kill = 0; kill < KILLS; kill++) {
                killAfterSomeStarts(world, 1 + random.nextInt(2 * DEVICES / KILLS), random.nextInt(40));
            }
            try (ServiceProcess service = world.start(); Aftermath aftermath = Aftermath.in(world.data())) {
                service.awaitStarted();
                awaitEnded(aftermath, kind(Kind.ONLINE).size() + kind(Kind.REFUSING).size());
                service.kill();
            }
            RunDeadline.comes(world.data());
            try (ServiceProcess service = world.start(); Aftermath aftermath = Aftermath.in(world.data())) {
                service.awaitStarted();
                Awaitility.await().atMost(ServiceProcess.PATIENCE).pollInterval(Duration.ofMillis(200))
                        .until(() -> run(aftermath).state() == RunState.FINISHED
                                && aftermath.counts().keySet().equals(Set.of(RequestState.DELIVERED)));
                assertSound(world.simulator(), new RunTables(aftermath.ledger().runs()).of(run(aftermath)));
                assertThat(Aftermath.filesIn(world.results().resolve("runs"))).extracting(file -> file.getFileName().toString())
                        .containsExactlyInAnyOrder("run.csv", "run.html", "run.json");
            }
        }
    }

    private CrashWorld world() throws Exception {
        Scenario scenario = Scenario.of(List.of(CrashScenario.TENANT)).withFleets(FLEET)
                .withLibrary(ScenarioLibraryFile.script("contoso", "Get-Health.ps1", "{\"device\":\"{device}\"}\n"))
                .withRuns(ScenarioRuns.DOCUMENTED.withTimeScale(SCALE));
        return CrashWorld.of(directory, SimulatorOptions.in(directory.resolve("simulator"), scenario).withMail()
                .withQuota(100_000, Duration.ofMinutes(1), 100_000, Duration.ofHours(1)))
                // a permit may be a second old when its call is sent
                .with("live-response.run.minute-period", MINUTE.plusMillis(1_100).toMillis() + "ms")
                .with("live-response.run.period", "40ms")
                .with("live-response.run.follow-period", "150ms")
                .with("live-response.run.pending-after", "500ms")
                .with("live-response.run.retry-delay", "500ms")
                // longer than a call may take, or a start whose answer is on its way is given up as unknown
                .with("live-response.run.look-up", "11s");
    }

    private static void killAfterSomeStarts(CrashWorld world, int starts, int millisMore) {
        long before = world.simulator().journal().count(EndpointKind.RUN);
        try (ServiceProcess service = world.start()) {
            service.awaitStarted();
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (world.simulator().journal().count(EndpointKind.RUN) < before + starts && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
            LockSupport.parkNanos(millisMore * 1_000_000L);
            service.kill();
        }
    }

    private static RunRecord run(Aftermath aftermath) {
        List<RunRecord> runs = aftermath.ledger().runs().runs(10);
        assertThat(runs).as("the run file is one run, however often it was read").hasSize(1);
        return runs.get(0);
    }

    /** Also until each device that is away was started: one that never was ends as cancelled. */
    private static void awaitEnded(Aftermath aftermath, int devices) {
        Set<String> present = Set.copyOf(kind(Kind.ONLINE));
        Awaitility.await().atMost(ServiceProcess.PATIENCE).pollInterval(Duration.ofMillis(200))
                .until(() -> new RunTables(aftermath.ledger().runs()).of(run(aftermath)).rows().stream()
                        .filter(row -> !row.end().equals("open")).count() >= devices
                        && run(aftermath).waiting() <= kind(Kind.OFFLINE).size()
                        && new RunTables(aftermath.ledger().runs()).of(run(aftermath)).rows().stream()
                                .noneMatch(row -> row.starts() == 0 || present.contains(row.machineId()) && row.end().equals("open")));
    }

    private static void assertSound(Simulator simulator, RunTable table) {
        assertThat(table.rows()).hasSize(DEVICES).extracting(RunTable.Row::machineId).doesNotHaveDuplicates();
        assertThat(table.ends().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(table.devices()).isEqualTo(DEVICES);
        assertThat(table.ends().keySet()).isSubsetOf("ran", "offline", "restricted", "unsupported", "unknown");
        Map<String, String> ends = table.rows().stream().collect(Collectors.toMap(RunTable.Row::machineId, RunTable.Row::end));
        assertThat(kind(Kind.ONLINE)).allSatisfy(machine -> assertThat(ends.get(machine)).isIn("ran", "unknown"));
        assertThat(kind(Kind.OFFLINE)).allSatisfy(machine -> assertThat(ends.get(machine)).isIn("offline", "unknown"));
        assertThat(kind(Kind.REFUSING)).allSatisfy(machine -> assertThat(ends.get(machine)).isIn("restricted", "unsupported", "unknown"));

        assertThat(simulator.runs().scriptsPerDevice()).as("devices on which a script ran, each once, are those that ran")
                .isEqualTo(table.rows().stream().filter(row -> row.end().equals("ran"))
                        .collect(Collectors.toMap(RunTable.Row::machineId, row -> 1L, Long::sum, TreeMap::new)));
        Map<String, Long> calls = simulator.journal().perSubject(EndpointKind.RUN);
        // what a kill met between the commit and the wire was begun and never sent
        assertThat(table.rows()).allSatisfy(row -> assertThat(calls.getOrDefault(row.machineId(), 0L).intValue()).as("POSTs of %s", row)
                .isBetween(row.end().equals("unknown") ? row.starts() - 1 : row.starts(), row.starts()));
        assertThat(table.ends().getOrDefault("unknown", 0)).as("no more than a kill can meet").isLessThanOrEqualTo(KILLS * PER_MINUTE);

        assertThat(table.outcomes()).isEqualTo(Map.of("succeeded", table.ends().get("ran")));
        assertThat(simulator.runs().perStatus()).as("nothing is left open").doesNotContainKeys("Pending", "InProgress", "Failed");
        assertThat(simulator.journal().maxInAnyWindow(EndpointKind.RUN, "contoso", MINUTE)).isLessThanOrEqualTo(PER_MINUTE);
        assertThat(simulator.runs().maxSessions("contoso")).isLessThanOrEqualTo(50);
        assertThat(simulator.journal().answers429()).isZero();
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    private enum Kind {
        ONLINE, OFFLINE, REFUSING
    }

    private static List<String> kind(Kind kind) {
        return FLEET.expand().stream()
                .filter(device -> kind == (device.offline() ? Kind.OFFLINE : device.refusal() != null ? Kind.REFUSING : Kind.ONLINE))
                .map(ScenarioDevice::machineId).toList();
    }
}
