package io.liveresponse.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioRequest;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped scenario can be worked through by a client that does what the documentation says, and by nothing less. */
@Tag("integration")
class DemoScenarioTest {

    private static final Map<Outcome, String> ACTION_STATUS = Map.of(Outcome.NOT_EXECUTED, "Failed", Outcome.ACTION_FAILED, "Failed",
            Outcome.ACTION_TIMED_OUT, "TimeOut", Outcome.ACTION_CANCELLED, "Cancelled");
    private static final int ATTEMPTS = 4;

    @TempDir
    Path directory;

    private final Scenario scenario = Scenario.demo();
    private final Map<String, String> tokens = new HashMap<>();
    private Simulator simulator;
    private SimulatorClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory, scenario));
        client = new SimulatorClient(simulator);
        for (SimulatorTenant tenant : scenario.tenants()) {
            tokens.put(tenant.name(), client.token(tenant));
        }
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void everyResultIsThereInTheEndWithTheExitCodeExpected() throws Exception {
        for (ScenarioRequest request : scenario.requests()) {
            if (request.expect().hasTranscript()) {
                String text = fetch(request.key());
                if (request.expect().exitCode() != null) {
                    assertThat(text).as(request.key().toString()).contains("\"exit_code\":" + request.expect().exitCode() + ",");
                } else {
                    assertThat(text).as(request.key().toString()).isNotEmpty().doesNotContain("exit_code");
                }
            }
        }
        // one more for the 429, the 401, the expired link and (of this client, not of a better one) the busy store; two for the pending
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(13 + 6);
        // one more for the expired link and one for the busy store
        assertThat(simulator.journal().count(EndpointKind.BLOB)).isEqualTo(13 + 2);
        assertThat(simulator.journal().answers429()).isEqualTo(1);
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void whatHasNoTranscriptIsNotFoundAndItsActionSaysWhy() throws Exception {
        for (ScenarioRequest request : scenario.requests()) {
            if (!request.expect().hasTranscript()) {
                ResultKey key = request.key();
                String token = tokens.get(key.tenant());
                JsonNode action = SimulatorClient.JSON.readTree(client.api(token, "/api/machineactions/" + key.machineActionId()).body());

                assertThat(client.requestLink(token, key.machineActionId(), key.commandIndex()).statusCode()).isEqualTo(404);
                assertThat(action.path("status").asText()).isEqualTo(ACTION_STATUS.get(request.expect().outcome()));
                assertThat(action.path("commands").path(key.commandIndex()).path("commandStatus").asText()).isIn("Created", "Failed");
            }
        }
    }

    @Test
    void the_demo_has_a_small_run_of_ten_devices_of_which_seven_run_the_script() throws Exception {
        SettableClock clock = new SettableClock();
        try (Simulator own = Simulator.start(SimulatorOptions.in(directory.resolve("run"), scenario).withClock(clock))) {
            SimulatorClient runner = new SimulatorClient(own);
            String token = runner.token(scenario.tenants().get(0));
            Map<String, Integer> statuses = new TreeMap<>();
            for (JsonNode machine : SimulatorClient.JSON.readTree(
                    runner.api(token, "/api/machines?$filter=machineTags/any(tag:%20tag%20eq%20'run-demo')").body()).path("value")) {
                try {
                    statuses.merge(Integer.toString(runner.run(token, machine.path("id").asText(), "Get-SensorHealth.ps1").statusCode()), 1,
                            Integer::sum);
                } catch (IOException e) {
                    statuses.merge("lost", 1, Integer::sum);
                }
            }
            assertThat(statuses).containsOnly(Map.entry("201", 7), Map.entry("400", 1), Map.entry("403", 1), Map.entry("lost", 1));
            clock.advance(Duration.ofSeconds(12));

            assertThat(own.runs().perStatus()).containsOnly(Map.entry("Succeeded", 6L), Map.entry("Failed", 1L), Map.entry("TimeOut", 1L));
            assertThat(own.runs().scriptsPerDevice()).hasSize(7).allSatisfy((id, count) -> assertThat(count).isOne());
        }
    }

    private String fetch(ResultKey key) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            HttpResponse<String> link = client.requestLink(tokens.get(key.tenant()), key.machineActionId(), key.commandIndex());
            if (link.statusCode() == 200) {
                HttpResponse<byte[]> blob = client.send(
                        SimulatorClient.request(SimulatorClient.value(link).replace("&amp;", "&")).build(), BodyHandlers.ofByteArray());
                if (blob.statusCode() == 200) {
                    return text(blob.body());
                }
                assertThat(blob.statusCode()).isIn(403, 503);
            } else {
                assertThat(link.statusCode()).isIn(401, 404, 429);
            }
        }
        throw new AssertionError("no result for " + key);
    }

    private static String text(byte[] blob) throws IOException {
        boolean packed = blob.length > 1 && blob[0] == 0x1f && blob[1] == (byte) 0x8b;
        return new String(packed ? new GZIPInputStream(new ByteArrayInputStream(blob)).readAllBytes() : blob, StandardCharsets.UTF_8);
    }
}
