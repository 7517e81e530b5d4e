package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.RunEnd;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import io.liveresponse.runs.RunSettings;
import io.liveresponse.settings.Settings;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandTest {

    @TempDir
    private Path directory;
    private Simulator simulator;
    private Path config;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(Scenario.demo().tenants())
                .withFleets(ScenarioFleet.of("contoso", 30, 1)).withLibrary(ScenarioLibraryFile.script("contoso", "a.ps1", "done"))));
        Map<String, String> settings = new HashMap<>(simulator.settings());
        settings.put("live-response.data-directory", directory.resolve("data").toString());
        config = CommandLineRun.config(directory, settings);
        LedgerDatabase.open(LedgerAddress.inDirectory(directory.resolve("data"))).close();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(Stream.concat(Stream.of(arguments), Stream.of("--config", config.toString())).toArray(String[]::new));
    }

    private CommandLineRun start(String... more) {
        return run(Stream.concat(Stream.of("runs", "start", "--script", "a.ps1", "--tenant", "contoso"), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void a_start_tells_its_cost_and_asks_for_yes_above_the_number_of_the_setting() throws Exception {
        CommandLineRun asked = start("--os", "Windows11", "--tag", "finance");
        CommandLineRun few = start("--devices", Files.writeString(directory.resolve("list.csv"),
                "device\nws-0001.corp.contoso.com\nws-0001.corp.contoso.com\nnowhere\n").toString(), "--json");
        Path all = Files.writeString(directory.resolve("all.csv"), "device\n" + String.join("\n",
                ScenarioFleet.of("contoso", 30, 1).expand().stream().map(device -> device.computerDnsName()).toList()));
        CommandLineRun many = start("--devices", all.toString());

        assertThat(asked.exitCode()).as(asked.err()).isZero();
        JsonNode started = new ObjectMapper().readTree(few.out());
        assertThat(started.path("devices").asInt()).isEqualTo(1);
        assertThat(started.path("rejected")).hasSize(2);
        assertThat(started.path("rejected").get(0).path("line").asInt()).isEqualTo(3);
        assertThat(many.exitCode()).isEqualTo(2);
        assertThat(many.out()).contains("30 devices of tenant contoso", "30 start calls, 10 in 62 s: the last one after 2 min");
        assertThat(many.err()).contains("--yes");
        assertThat(run("runs", "list", "--json").lines()).hasSize(2);
        assertThat(simulator.journal().count(EndpointKind.RUN)).as("the service starts devices, not the command").isZero();
    }

    @Test
    void a_run_is_listed_shown_watched_and_cancelled() throws Exception {
        String id = new ObjectMapper().readTree(start("--tag", "lab", "--id", "CHG-1", "--json").out()).path("run").asText();

        assertThat(start("--tag", "lab", "--id", "CHG-1").out()).contains("known already", "another --id", "10 in 62 s: all at once",
                "done as soon as the scripts have ended");
        JsonNode listed = new ObjectMapper().readTree(run("runs", "list", "--json").out());
        assertThat(listed.path("id").asText()).isEqualTo(id);
        assertThat(listed.path("state").asText()).isEqualTo("running");
        assertThat(listed.path("devices").asInt()).isEqualTo(10);
        assertThat(run("runs", "show", id).lines()).contains("devices  10: 10 open (10 waiting, 0 in progress)");
        assertThat(run("runs", "cancel", id).out()).contains("No further device is started", "runs watch " + id);
        assertThat(run("runs", "cancel", id).exitCode()).isEqualTo(1);
        assertThat(run("runs", "show", id).out()).contains("10 cancelled").contains("cancelled by runs cancel");
        assertThat(run("runs", "show", "no-such-run").err()).contains("runs list");
        assertThat(run("requests", "list", "--run", "no-such-run")).satisfies(requests -> {
            assertThat(requests.exitCode()).isEqualTo(1);
            assertThat(requests.err()).contains("knows no run no-such-run; see runs list");
        });
    }

    @Test
    void mistakes_are_told_and_start_nothing() throws Exception {
        assertThat(start("--tag", "nothing").err()).contains("no device to start");
        assertThat(start("--devices", Files.writeString(directory.resolve("list.csv"), "device\nnowhere\nno where\n").toString()).err())
                .contains("no device to start; row 2 (nowhere): the tenant has no device of this name; and 1 more row");
        assertThat(run("runs", "start", "--script", "a.ps1", "--tag", "lab").err()).contains("--tenant", "contoso, fabrikam");
        assertThat(run("runs", "start", "--script", "b.ps1", "--tenant", "contoso", "--tag", "lab").err())
                .contains("not in the live response library");
        assertThat(start("--tag", "lab", "--args", "a;b").err()).contains("--args-as-is");
        assertThat(start("--devices", directory.resolve("none.csv").toString()).err()).contains("does not exist");
        assertThat(start("--tag", "lab", "--deadline", "2020-01-01T00:00:00Z").err()).contains("has passed");
        assertThat(start("--tag", "lab", "--deadline", "soon").err()).contains("deadline must be a time");
        assertThat(run("runs", "list").out()).contains("No run yet");
        assertThat(simulator.journal().count(EndpointKind.RUN)).isZero();
    }

    @Test
    void the_progress_tells_how_long_it_will_take_at_least_and_at_most() {
        RunRecord run = new RunRecord("r", "contoso", "[]", "a.ps1", null, "", RunState.RUNNING, Instant.EPOCH,
                Instant.EPOCH.plus(Duration.ofHours(4)), null, null, 60, 25, 5, Map.of(RunEnd.RAN, 30));
        RunSettings settings = RunSettings.of(Settings.of(Map.of()));

        assertThat(RunsWatchCommand.line(run, settings))
                .startsWith("[===============               ] 30/60  25 waiting, 5 in progress, 30 ran; ")
                .endsWith("starts for another 2 min at least, done at the deadline 1970-01-01 04:00:00 UTC at the latest");
    }

    @Test
    void what_the_api_takes_by_20_mb_is_not_uploaded_if_it_is_larger() throws Exception {
        Path scripts = Files.createDirectory(directory.resolve("scripts"));
        try (RandomAccessFile file = new RandomAccessFile(scripts.resolve("huge.ps1").toFile(), "rw")) {
            file.setLength((20L << 20) + 1);
        }

        CommandLineRun apply = run("library", "apply", scripts.toString(), "--tenant", "contoso");

        assertThat(apply.out()).contains("too-large  huge.ps1");
        assertThat(apply.exitCode()).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.LIBRARY_UPLOAD)).isZero();
    }

    @Test
    void the_library_is_compared_by_hash_and_only_what_is_missing_is_uploaded() throws Exception {
        Path scripts = Files.createDirectory(directory.resolve("scripts"));
        Files.writeString(scripts.resolve("new.ps1"), "Get-Date");
        Files.writeString(scripts.resolve("a.ps1"), "other");

        CommandLineRun plan = run("library", "plan", scripts.toString(), "--tenant", "contoso");
        CommandLineRun apply = run("library", "apply", scripts.toString(), "--tenant", "contoso");

        assertThat(plan.out()).contains("missing    new.ps1", "different  a.ps1", "library apply " + scripts + " uploads what is missing");
        assertThat(run("library", "list", "--tenant", "fabrikam").out()).contains("The library of fabrikam is empty");
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(apply.out()).contains("uploaded   new.ps1", "different  a.ps1");
        assertThat(simulator.journal().count(EndpointKind.LIBRARY_UPLOAD)).isEqualTo(1);
        assertThat(run("library", "apply", scripts.toString(), "--tenant", "contoso", "--overwrite").out()).contains("same       new.ps1",
                "uploaded   a.ps1");
        assertThat(run("library", "plan", scripts.toString(), "--tenant", "contoso").exitCode()).isZero();
        assertThat(run("library", "list", "--tenant", "contoso").lines()).hasSize(2);
        assertThat(simulator.journal().count(EndpointKind.LIBRARY_DELETE)).isZero();
    }
}
