package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
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

    @Test
    void removes_old_accepted_files_by_default_and_old_delivered_files_if_told_to_but_no_record_of_them() throws Exception {
        Path accepted = Files.createDirectories(directory.resolve("data/accepted"));
        Path old = aged(accepted.resolve("old.jsonl"), Duration.ofDays(8));
        Path young = aged(accepted.resolve("young.jsonl"), Duration.ofDays(6));
        Path delivered = aged(Files.createDirectories(directory.resolve("data/results/contoso/a")).resolve("0.result.json"),
                Duration.ofDays(31));
        Path record = aged(directory.resolve("data/results/results-2026-01-01.jsonl"), Duration.ofDays(31));

        service = new RunningService(simulator, directory, Map.of("live-response.retention.period", "200ms"));
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(old));
        assertThat(young).exists();
        assertThat(delivered).exists();
        service.close();

        service = new RunningService(simulator, directory,
                Map.of("live-response.retention.period", "200ms", "live-response.retention.results", "30d"));
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(delivered));
        assertThat(record).exists();
        assertThat(young).exists();
    }

    private static Path aged(Path file, Duration age) throws Exception {
        Files.writeString(file, "");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void while_less_space_than_the_setting_says_is_free_nothing_is_claimed_and_readiness_names_the_setting() throws Exception {
        service = new RunningService(simulator, directory, Map.of("live-response.retention.min-free", "900000TB"));
        accept();
        HealthCheck storage = HealthCheckRegistry.get(service.context()).getCheck("live-response-storage").orElseThrow();

        assertThat(storage.call().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(storage.call().getMessage().orElse("")).contains("live-response.data-directory", "live-response.retention.min-free");
        assertThat(service.request(KEY).state()).isEqualTo(RequestState.DUE);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isZero();
    }

    private void accept() {
        service.context().createProducerTemplate().requestBody("direct:live-response-accept-request",
                new Request(KEY.tenant(), KEY.machineActionId(), KEY.commandIndex(), ActionFacts.UNKNOWN));
    }
}
