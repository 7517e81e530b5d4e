package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.intake.RunningService;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who has a script and 200 machines types what the README says, line by line. */
@Tag("integration")
class ReadmeRunTest {

    private static final String HEADING = "## Run a script on 200 machines, a ticket for each failure, one table";
    private static final SimulatorTenant CONTOSO = Scenario.demo().tenants().stream().filter(tenant -> tenant.name().equals("contoso"))
            .findFirst().orElseThrow();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void a_script_is_run_on_200_machines_with_a_ticket_for_each_failure_and_one_table() throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("scripts")).resolve("Get-Health.ps1"), "Get-ComputerInfo\n");
        Scenario scenario = Scenario.of(List.of(CONTOSO)).withFleets(ScenarioFleet.of("contoso", 200, 7).failing("11").restricted("4"))
                .withRuns(ScenarioRuns.DOCUMENTED.withTimeScale(600).withRate(100, Duration.ofMinutes(1)));
        try (Simulator simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), scenario).withMail()
                .withQuota(100_000, Duration.ofMinutes(1), 100_000, Duration.ofHours(1)))) {
            Map<String, String> settings = new HashMap<>(simulator.settings());
            settings.put("live-response.data-directory", directory.resolve("data").toString());
            settings.put("live-response.quota.per-minute", "10000");
            settings.put("live-response.quota.per-hour", "10000");
            settings.put("live-response.run.per-minute", "100");
            settings.put("live-response.run.minute-period", "1200ms");
            settings.put("live-response.run.period", "100ms");
            settings.put("live-response.run.follow-period", "300ms");
            Path config = CommandLineRun.config(directory, settings);
            try (RunningService service = new RunningService(simulator, directory, settings)) {
                List<CommandLineRun> runs = new ArrayList<>();
                for (String line : block()) {
                    runs.add(type(line, config));
                    assertThat(runs.get(runs.size() - 1)).as(line).satisfies(run -> assertThat(run.exitCode()).as(run.toString()).isZero());
                }

                assertThat(runs.get(2).out()).contains("uploaded   Get-Health.ps1");
                assertThat(runs.get(3).out()).contains("200 devices of tenant contoso", "200 start calls, 100 in ");
                assertThat(runs.get(5).out()).contains("] 200/200", "; finished");
                assertThat(runs.get(6).lines()).filteredOn(line -> line.startsWith("ws-")).hasSize(200);
                assertThat(runs.get(7).lines()).filteredOn(line -> line.contains(" failed "))
                        .as("the failures, and the table that tells of them")
                        .hasSize(11 + 1);
                await().atMost(PATIENCE).until(() -> service.all().stream().allMatch(request -> request.state() == RequestState.DELIVERED));
            }
            assertThat(simulator.ticketSystem().tickets()).hasSize(11);
            assertThat(simulator.mails()).singleElement().satisfies(mail -> assertThat(mail.getSubject())
                    .isEqualTo("Run of Get-Health.ps1 on 200 devices: 196 ran, 4 restricted (11 failed, 185 succeeded)"));
            assertThat(simulator.journal().count(EndpointKind.RUN)).isEqualTo(200);
            assertThat(simulator.runs().scriptsPerDevice()).hasSize(196).allSatisfy((machine, times) -> assertThat(times).isOne());
            try (Stream<Path> files = Files.walk(directory.resolve("data/results/runs"))) {
                JsonNode table = new ObjectMapper().readTree(
                        files.filter(file -> file.getFileName().toString().equals("run.json")).findFirst().orElseThrow().toFile());
                assertThat(table.path("rows")).hasSize(200);
                assertThat(table.path("comment").asText()).isEqualTo("CHG-1234");
            }
        }
    }

    private static List<String> block() throws Exception {
        String section = Files.readString(Path.of("README.md")).split(HEADING + "\n", 2)[1];
        List<String> lines = section.split("```\n", 3)[1].lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(10);
        return lines;
    }

    private CommandLineRun type(String line, Path config) throws Exception {
        String start = "live-response ";
        if (!line.startsWith(start)) {
            Process shell = new ProcessBuilder("sh", "-c", line).directory(directory.toFile()).redirectErrorStream(true).start();
            return new CommandLineRun(shell.waitFor(), new String(shell.getInputStream().readAllBytes()), "");
        }
        List<String> words = new ArrayList<>();
        for (String word : line.substring(start.length()).split(" ")) {
            words.add(word.equals("RUN")
                    ? run(config)
                    : List.of("scripts", "list.csv").contains(word) ? directory.resolve(word).toString() : word);
        }
        words.addAll(List.of("--config", config.toString()));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    private static String run(Path config) throws Exception {
        CommandLineRun list = CommandLineRun.of("runs", "list", "--json", "--config", config.toString());
        return new ObjectMapper().readTree(list.lines().get(0)).path("id").asText();
    }
}
