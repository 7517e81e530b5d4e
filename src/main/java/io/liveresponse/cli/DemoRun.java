package io.liveresponse.cli;

import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import io.liveresponse.model.RunTable;
import io.liveresponse.runs.RunTables;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The demo's run: a script on a small fleet. Not thread-safe. */
final class DemoRun {

    private static final String TENANT = "contoso";
    private static final String SCRIPT = "Get-Health.ps1";
    private static final ScenarioFleet FLEET = ScenarioFleet.of(TENANT, 8, 1).failing("1").restricted("1").unsupported("1");
    private static final Map<String, Integer> ENDS = Map.of("ran", 6, "restricted", 1, "unsupported", 1);
    private static final Map<String, Integer> OUTCOMES = Map.of("succeeded", 5, "failed", 1);
    /** A script of 20 seconds takes a third of one. */
    private static final double TIME_SCALE = 60;

    private final RunLedger runs;

    private DemoRun(RunLedger runs) {
        this.runs = runs;
    }

    /** The scenario with the fleet and its script. */
    static Scenario in(Scenario scenario) {
        return scenario.withFleets(FLEET).withLibrary(ScenarioLibraryFile.script(TENANT, SCRIPT, "{\"device\":\"{device}\"}\n"))
                .withRuns(ScenarioRuns.DOCUMENTED.withTimeScale(TIME_SCALE));
    }

    /** Puts a run file into the inbox, whole at once. */
    static DemoRun start(Path inbox, RunLedger runs) throws IOException {
        Path part = Files.writeString(inbox.resolve("fleet.run.yaml.part"), """
                tenant: %s
                script: %s
                comment: demo
                deadline: 10m
                devices: [%s]
                """.formatted(TENANT, SCRIPT,
                FLEET.expand().stream().map(ScenarioDevice::computerDnsName).collect(Collectors.joining(", "))));
        Files.move(part, inbox.resolve("fleet.run.yaml"));
        return new DemoRun(runs);
    }

    private Optional<RunRecord> find() {
        return runs.runs(1).stream().findFirst();
    }

    boolean hasEnded() {
        return find().filter(run -> run.state() != RunState.RUNNING).isPresent();
    }

    /** @return whether every device ended as the scenario says */
    boolean print(PrintWriter out) {
        Optional<RunRecord> run = find();
        if (run.isEmpty()) {
            out.println("The run has not started.");
            return false;
        }
        RunTable table = new RunTables(runs).of(run.get());
        out.println();
        RunsShowCommand.print(out, table, run.get());
        return table.ends().equals(ENDS) && table.outcomes().equals(OUTCOMES);
    }
}
