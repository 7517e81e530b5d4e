package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.ledger.RequestState;
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
    private static final int DEVICES = LONG ? 5_000 : 100;
    /** A run before, so that all classes are loaded and all caches filled. */
    private static final int BEFORE = LONG ? 500 : 20;
    /** Less than the ids of a device and its action take as texts, each with an entry in a map. */
    private static final long LEAST_BYTES_OF_A_DEVICE = 250;
    /** A page of 500 actions with their commands, 50 sessions and the workers. */
    private static final int OBJECTS_IN_PROGRESS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(LONG ? 20 : 2);
    private static final List<String> MACHINES = fleet().expand().stream().map(ScenarioDevice::machineId).toList();

    @TempDir
    Path directory;

    /** What is live after a collection of the whole heap. */
    private record Live(int ended, long bytes, long ownObjects) {
    }

    @Test
    void a_run_on_a_fleet_ends_in_a_heap_of_64_mb_and_leaves_nothing_of_its_devices_there() throws Exception {
        Scenario scenario = Scenario.of(List.of(CrashScenario.TENANT)).withFleets(fleet())
                .withLibrary(ScenarioLibraryFile.script("contoso", "Get-Health.ps1", "{\"device\":\"{device}\"}\n"))
                .withRuns(ScenarioRuns.DOCUMENTED.withTimeScale(600).withRate(100_000, Duration.ofMinutes(1)));
        try (Simulator simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), scenario).withMail()
                .withQuota(100_000, Duration.ofMinutes(1), 100_000, Duration.ofHours(1)));
                ServiceJvm service = ServiceJvm.start(directory.resolve("service"), settings(simulator), Map.of(),
                        "-Xmx64m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")) {
            order(service, "before", MACHINES.subList(0, BEFORE));
            awaitThat(service, () -> service.log().contains("starts on " + BEFORE + " devices"));
            try (Aftermath ledger = Aftermath.in(service.data())) {
                awaitThat(service, () -> delivered(ledger) == BEFORE + 1);
                Live before = live(service, 0);

                order(service, "fleet", MACHINES.subList(BEFORE, BEFORE + DEVICES));
                awaitThat(service, () -> service.log().contains("starts on " + DEVICES + " devices"));
                List<Live> busy = new ArrayList<>();
                for (int fifth : new int[]{1, 3, 4}) {
                    awaitThat(service, () -> ended(ledger) >= DEVICES * fifth / 5);
                    busy.add(live(service, ended(ledger)));
                }
                awaitThat(service, () -> delivered(ledger) == BEFORE + DEVICES + 2);
                Live after = live(service, DEVICES);

                String all = before + ", " + busy + ", " + after;
                assertThat(busy).as(all).allSatisfy(
                        live -> assertThat(live.ownObjects()).isLessThanOrEqualTo(before.ownObjects() + OBJECTS_IN_PROGRESS));
                assertThat(after.ownObjects()).as(all).isLessThanOrEqualTo(before.ownObjects() + DEVICES / 2);
                if (LONG) {
                    assertThat(after.bytes()).as(all).isLessThanOrEqualTo(before.bytes() + DEVICES * LEAST_BYTES_OF_A_DEVICE);
                }
            }
            assertThat(tableSizes(service)).containsExactlyInAnyOrder(BEFORE, DEVICES);
            assertThat(simulator.runs().scriptsPerDevice()).hasSize(BEFORE + DEVICES)
                    .allSatisfy((machine, times) -> assertThat(times).isOne());
            assertThat(simulator.journal().count(EndpointKind.RUN)).isEqualTo(BEFORE + DEVICES);
            assertThat(simulator.mails()).hasSize(2);
        }
    }

    private static ScenarioFleet fleet() {
        return ScenarioFleet.of("contoso", BEFORE + DEVICES, 7);
    }

    private static void order(ServiceJvm service, String name, List<String> machines) throws IOException {
        Path inbox = service.data().resolve("inbox");
        Path part = Files.writeString(inbox.resolve(name + ".run.yaml.part"), "tenant: contoso\nscript: Get-Health.ps1\ndeadline: 12h\n"
                + "devices: [" + String.join(", ", machines) + "]\n");
        Files.move(part, inbox.resolve(name + ".run.yaml"));
    }

    private static void awaitThat(ServiceJvm service, Callable<Boolean> done) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).failFast("the service has ended", () -> !service.isRunning())
                .until(done);
    }

    private static long delivered(Aftermath ledger) {
        return ledger.counts().getOrDefault(RequestState.DELIVERED, 0L);
    }

    /** How many devices of the last run have ended. */
    private static int ended(Aftermath ledger) {
        return ledger.ledger().runs().runs(1).get(0).ends().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static List<Integer> tableSizes(ServiceJvm service) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (Path file : Aftermath.filesIn(service.data().resolve("results/runs"))) {
            if (file.endsWith("run.json")) {
                sizes.add(ResultJson.mapper().readTree(file.toFile()).path("rows").size());
            }
        }
        return sizes;
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
