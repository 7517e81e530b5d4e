package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import io.liveresponse.model.ResultJson;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 5 for runs: the service, alone in a process of its own and in a heap of 64 MB, takes a fleet to its table and keeps nothing of
 * the devices that have ended. {@code -Dlive-response.long=true} takes 5,000 devices, and measures bytes too.
 */
@Tag("integration")
class MemoryDoesNotGrowWithTheFleetTest {

    private static final boolean LONG = Boolean.getBoolean("live-response.long");
    private static final int DEVICES = LONG ? 5_000 : 150;
    private static final int REFUSING = 8;
    /** Less than the ids of a device and its action take as texts, each with an entry in a map. */
    private static final long LEAST_BYTES_OF_A_DEVICE = 250;
    private static final Duration PATIENCE = Duration.ofMinutes(LONG ? 20 : 2);
    private static final ScenarioFleet FLEET = ScenarioFleet.of("contoso", DEVICES, 7).restricted("3").unsupported("5");

    @TempDir
    Path directory;

    /** What is live after a collection of the whole heap. */
    private record Live(int ended, long bytes, long ownObjects) {
    }

    @Test
    void a_run_on_a_fleet_ends_in_a_heap_of_64_mb_and_leaves_nothing_of_its_devices_there() throws Exception {
        Scenario scenario = Scenario.of(List.of(CrashScenario.TENANT)).withFleets(FLEET)
                .withLibrary(ScenarioLibraryFile.script("contoso", "Get-Health.ps1", "{\"device\":\"{device}\"}\n"))
                .withRuns(ScenarioRuns.DOCUMENTED.withTimeScale(600).withRate(100_000, Duration.ofMinutes(1)));
        try (Simulator simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), scenario).withMail()
                .withQuota(100_000, Duration.ofMinutes(1), 100_000, Duration.ofHours(1)));
                ServiceJvm service = ServiceJvm.start(directory.resolve("service"), settings(simulator), Map.of(),
                        "-Xmx64m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")) {
            order(service.data().resolve("inbox"));
            awaitLog(service, "starts on " + DEVICES + " devices");
            List<Live> live = new ArrayList<>();
            try (Aftermath ledger = Aftermath.in(service.data())) {
                for (int fifth : new int[]{1, 3, 4}) {
                    awaitRun(service, () -> ended(ledger) >= DEVICES * fifth / 5);
                    live.add(live(service, ended(ledger)));
                }
                awaitRun(service, () -> run(ledger).state() == RunState.FINISHED
                        && ledger.counts().equals(Map.of(RequestState.DELIVERED, DEVICES - REFUSING + 1L)));
                live.add(live(service, ended(ledger)));
            }

            assertThat(live.get(0).ended()).as("%s", live).isLessThan(DEVICES / 2);
            for (Live later : live) {
                int more = later.ended() - live.get(0).ended();
                assertThat(later.ownObjects()).as("%s", live).isLessThanOrEqualTo(live.get(0).ownObjects() + more / 2);
                if (LONG) {
                    assertThat(later.bytes()).as("%s", live)
                            .isLessThanOrEqualTo(live.get(0).bytes() + more * LEAST_BYTES_OF_A_DEVICE);
                }
            }
            Path table = Aftermath.filesIn(service.data().resolve("results/runs")).stream().filter(file -> file.endsWith("run.json"))
                    .findFirst().orElseThrow();
            assertThat(ResultJson.mapper().readTree(table.toFile()).path("rows")).hasSize(DEVICES);
            assertThat(simulator.runs().scriptsPerDevice()).hasSize(DEVICES - REFUSING)
                    .allSatisfy((machine, times) -> assertThat(times).isOne());
            assertThat(simulator.journal().count(EndpointKind.RUN)).isEqualTo(DEVICES);
            assertThat(simulator.mails()).hasSize(1);
        }
    }

    private static void order(Path inbox) throws IOException {
        Path part = Files.writeString(inbox.resolve("fleet.run.yaml.part"),
                "tenant: contoso\nscript: Get-Health.ps1\ndeadline: 12h\ndevices: ["
                        + FLEET.expand().stream().map(ScenarioDevice::machineId).collect(Collectors.joining(", ")) + "]\n");
        Files.move(part, inbox.resolve("fleet.run.yaml"));
    }

    private static void awaitLog(ServiceJvm service, String text) {
        awaitRun(service, () -> service.log().contains(text));
    }

    private static void awaitRun(ServiceJvm service, Callable<Boolean> done) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).failFast("the service has ended", () -> !service.isRunning())
                .until(done);
    }

    private static RunRecord run(Aftermath ledger) {
        return ledger.ledger().runs().runs(1).get(0);
    }

    private static int ended(Aftermath ledger) {
        return run(ledger).ends().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The serial collector fills the holes that it leaves with arrays of int, which are nobody's. */
    private static Live live(ServiceJvm service, int ended) throws IOException {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(service.pid()), "GC.class_histogram").redirectErrorStream(true).start();
        List<String[]> classes = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .map(line -> line.strip().split("\\s+")).filter(words -> words[0].matches("\\d+:") && words.length >= 4).toList();
        assertThat(classes).hasSizeGreaterThan(100);
        return new Live(ended, classes.stream().filter(words -> !words[3].equals("[I")).mapToLong(words -> Long.parseLong(words[2])).sum(),
                classes.stream().filter(words -> words[3].startsWith("io.liveresponse.")).mapToLong(words -> Long.parseLong(words[1]))
                        .sum());
    }

    private static Map<String, String> settings(Simulator simulator) {
        Map<String, String> settings = new HashMap<>(simulator.settings());
        settings.put("live-response.quota.per-minute", "10000");
        settings.put("live-response.quota.per-hour", "10000");
        // other tests may fill the machine's disk for a while, and then nothing is claimed
        settings.put("live-response.retention.min-free", "1MB");
        settings.put("live-response.worker.period", "20");
        settings.put("live-response.run.per-minute", "100000");
        settings.put("live-response.run.period", "200ms");
        settings.put("live-response.run.follow-period", "300ms");
        return settings;
    }
}
