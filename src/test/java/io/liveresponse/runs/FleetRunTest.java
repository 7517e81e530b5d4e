package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.intake.RunningService;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.RunEnd;
import io.liveresponse.model.RunTable;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A script on 100 devices, of which some are away, restricted or not supported; on 300 with {@code -Dlive-response.long=true}. */
@Tag("integration")
class FleetRunTest extends RunTestSupport {

    private static final int DEVICES = Boolean.getBoolean("live-response.long") ? 300 : 100;
    private static final int AWAY = DEVICES / 5;
    private static final int RAN = DEVICES - AWAY - 3 - 5;
    private static final ScenarioFleet FLEET = ScenarioFleet.of("contoso", DEVICES, 7).offline("20%").restricted("3").unsupported("5");
    private static final Map<String, Integer> ENDS = Map.of("ran", RAN, "offline", AWAY, "restricted", 3, "unsupported", 5);

    /** A permit may be a second old when its call is sent, so the padding is longer than that: then no pause of this machine can break the limit. */
    @BeforeEach
    void pad() {
        settings.put("live-response.run.minute-period", MINUTE.plusMillis(1_100).toMillis() + "ms");
    }

    private static Scenario fleet() {
        return scenario().withFleets(FLEET);
    }

    private static List<String> ids() {
        return FLEET.expand().stream().map(ScenarioDevice::machineId).toList();
    }

    @Test
    void every_device_ends_once_within_all_limits_and_one_table_tells_of_all() throws Exception {
        start(fleet());

        RunPreparation.Started started = order(ids(), DEVICES / 4 + "s");
        RunTable table = awaitTable(started.run());

        assertThat(started.devices()).isEqualTo(DEVICES);
        assertThat(table.ends()).isEqualTo(ENDS);
        assertThat(table.outcomes()).isEqualTo(Map.of("succeeded", RAN));
        assertSound(table);
        assertThat(table.rows()).filteredOn(row -> !row.end().equals("offline")).allMatch(row -> row.starts() == 1);
        assertThat(simulator.journal().maxInAnyWindow(EndpointKind.RUN, "contoso", MINUTE)).isLessThanOrEqualTo(10);
        assertThat(simulator.journal().answers429()).isZero();
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(RAN);
        assertThat(simulator.runs().scriptsPerDevice()).hasSize(RAN);
        assertThat(simulator.runs().perStatus()).containsEntry("Succeeded", (long) RAN).doesNotContainKeys("Pending", "InProgress",
                "Failed");
        Path file = tableFile("run.json");
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.path("rows")).hasSize(DEVICES);
        assertThat(json.path("ends").path("offline").asInt()).isEqualTo(AWAY);
        assertThat(Files.readAllLines(file.resolveSibling("run.csv")).size()).isEqualTo(DEVICES + 1);
        assertThat(file.resolveSibling("run.html")).content().contains(RAN + " ran").contains(AWAY + " offline");
        assertThat(service.all()).hasSize(RAN + 1);
    }

    @Test
    void a_service_that_ends_in_the_middle_goes_on_where_it_was() throws Exception {
        ScenarioFleet small = ScenarioFleet.of("contoso", 60, 7).offline("20%").restricted("3").unsupported("5");
        start(scenario().withFleets(small));
        String run = order(small.expand().stream().map(ScenarioDevice::machineId).toList(), "25s").run();

        for (int ran = 5; ran <= 30; ran += 12) {
            int wanted = ran;
            await().atMost(Duration.ofSeconds(30)).until(() -> run(run).ends().getOrDefault(RunEnd.RAN, 0) >= wanted);
            service.close();
            service = new RunningService(simulator, directory, settings);
        }
        RunTable table = awaitTable(run);

        assertThat(table.ends()).isEqualTo(Map.of("ran", 40, "offline", 12, "restricted", 3, "unsupported", 5));
        assertSound(table);
        assertThat(simulator.runs().scriptsPerDevice()).hasSize(40);
    }

    private Path tableFile(String name) throws Exception {
        Path root = directory.resolve("data/results/runs");
        await().atMost(Duration.ofSeconds(20)).until(() -> find(root, name) != null
                && service.all().stream().allMatch(request -> request.state() == RequestState.DELIVERED));
        return find(root, name);
    }

    private static Path find(Path root, String name) throws Exception {
        if (!Files.isDirectory(root)) {
            return null;
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().equals(name)).findFirst().orElse(null);
        }
    }
}
