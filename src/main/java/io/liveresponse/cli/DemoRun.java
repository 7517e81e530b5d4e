package io.liveresponse.cli;

import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import io.liveresponse.model.RunTable;
import io.liveresponse.runs.RunPreparation;
import io.liveresponse.runs.RunTables;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.io.PrintWriter;
import java.util.Map;
import org.apache.camel.CamelContext;

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
    private final String id;

    private DemoRun(RunLedger runs, String id) {
        this.runs = runs;
        this.id = id;
    }

    /** The scenario with the fleet and its script. */
    static Scenario in(Scenario scenario) {
        return scenario.withFleets(FLEET).withLibrary(ScenarioLibraryFile.script(TENANT, SCRIPT, "{\"device\":\"{device}\"}\n"))
                .withRuns(ScenarioRuns.DOCUMENTED.withTimeScale(TIME_SCALE));
    }

    static DemoRun start(CamelContext context, RunLedger runs) {
        RunPreparation.Started started = context.createFluentProducerTemplate().to("direct:live-response-start-run")
                .withBody(Map.of("tenant", TENANT, "script", SCRIPT, "comment", "demo", "deadline", "10m",
                        "devices", FLEET.expand().stream().map(ScenarioDevice::computerDnsName).toList()))
                .request(RunPreparation.Started.class);
        return new DemoRun(runs, started.run());
    }

    boolean hasEnded() {
        return runs.find(id).filter(run -> run.state() != RunState.RUNNING).isPresent();
    }

    /** @return whether every device ended as the scenario says */
    boolean print(PrintWriter out) {
        RunRecord run = runs.find(id).orElseThrow();
        RunTable table = new RunTables(runs).of(run);
        out.println();
        RunsShowCommand.print(out, table, run);
        return table.ends().equals(ENDS) && table.outcomes().equals(OUTCOMES);
    }
}
