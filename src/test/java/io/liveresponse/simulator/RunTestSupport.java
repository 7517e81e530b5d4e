package io.liveresponse.simulator;

import static io.liveresponse.simulator.SimulatorSetup.CONTOSO;
import static io.liveresponse.simulator.SimulatorSetup.FABRIKAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A simulator with devices of contoso, a script that takes 20 seconds, and a clock that moves only when told to. */
abstract class RunTestSupport {

    static final String SCRIPT = "Get-Health.ps1";

    @TempDir
    Path directory;

    final SettableClock clock = new SettableClock();
    Simulator simulator;
    SimulatorClient client;
    String token;

    /** Names the devices {@code a}, {@code b}, … in this order. */
    void start(ScenarioRuns runs, ScenarioDevice... devices) throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory, Scenario.of(List.of(CONTOSO, FABRIKAM)).withDevices(List.of(devices))
                .withLibrary(ScenarioLibraryFile.script("contoso", SCRIPT, "{\"device\":\"{device}\",\"args\":\"{args}\"}\n"))
                .withRuns(runs)).withClock(clock).withPageSize(2)
                .withTokenLifetime(Duration.ofDays(1)));
        client = new SimulatorClient(simulator);
        token = client.token(CONTOSO);
    }

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    static ScenarioDevice.Builder device(String name) {
        return ScenarioDevice.named("contoso", name);
    }

    static String id(String name) {
        return ScenarioDevice.of("contoso", name).machineId();
    }

    HttpResponse<String> run(String device) throws IOException, InterruptedException {
        return client.run(token, id(device), SCRIPT);
    }

    /** Starts the script on the device and returns the action's id. */
    String started(String device) throws IOException, InterruptedException {
        HttpResponse<String> answer = run(device);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return SimulatorClient.JSON.readTree(answer.body()).path("id").asText();
    }

    String status(String action) throws IOException, InterruptedException {
        return client.action(token, action).path("status").asText();
    }

    JsonNode command(String action, int index) throws IOException, InterruptedException {
        return client.action(token, action).path("commands").path(index);
    }

    void pass(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }
}
