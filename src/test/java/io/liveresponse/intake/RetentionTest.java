package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class RetentionTest {

    private static final ResultKey KEY = new ResultKey("contoso", "11111111-2222-4333-8444-555555555555", 0);

    @TempDir
    Path directory;

    private Simulator simulator;
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(Scenario.demo().tenants())));
        simulator.actions().put(ScenarioAction.of("contoso", KEY.machineActionId(), ScenarioCommand.script("a.ps1",
                ScenarioBlob.text("{\"script_name\":\"a.ps1\",\"exit_code\":0,\"script_output\":\"ok\",\"script_errors\":\"\"}"))));
    }

    @AfterEach
    void stop() {
        service.close();
        simulator.close();
    }

    @Test
    void sweepsPartsAtStartAndForgetsBytesButNeitherTheRowNorWhatWasDelivered() throws Exception {
        Path part = directory.resolve("data/spool/contoso/x-0.blob.part-7");
        Files.createDirectories(part.getParent());
        Files.writeString(part, "half");

        service = new RunningService(simulator, directory,
                Map.of("live-response.retention.bytes", "1s", "live-response.retention.period", "500ms"));
        accept();
        service.awaitEnded(1);
        Path bytes = directory.resolve("data/spool/contoso/" + KEY.machineActionId() + "-0.blob");
        await().atMost(Duration.ofSeconds(30)).until(() -> service.request(KEY).fetched().spoolPath() == null);

        assertThat(part).doesNotExist();
        assertThat(bytes).doesNotExist();
        assertThat(directory.resolve("data/results"))
                .isDirectoryRecursivelyContaining("glob:**" + KEY.machineActionId() + "/0.result.json");
    }

    @Test
    void forgetsDeliveredRequestsOnlyWhereToldTo() throws Exception {
        service = new RunningService(simulator, directory, Map.of("live-response.retention.period", "200ms"));
        accept();
        service.awaitEnded(1);
        assertThat(service.request(KEY).fetched().spoolPath()).isNotNull();
        service.close();

        service = new RunningService(simulator, directory,
                Map.of("live-response.retention.delivered", "1s", "live-response.retention.period", "500ms"));
        await().atMost(Duration.ofSeconds(30)).until(() -> service.all().isEmpty());

        assertThat(directory.resolve("data/spool/contoso/" + KEY.machineActionId() + "-0.blob")).doesNotExist();
        assertThat(directory.resolve("data/results"))
                .isDirectoryRecursivelyContaining("glob:**" + KEY.machineActionId() + "/0.result.json");
    }

    private void accept() {
        service.context().createProducerTemplate().requestBody("direct:live-response-accept-request",
                new Request(KEY.tenant(), KEY.machineActionId(), KEY.commandIndex(), ActionFacts.UNKNOWN));
    }
}
