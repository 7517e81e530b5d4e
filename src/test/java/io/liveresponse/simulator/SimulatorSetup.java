package io.liveresponse.simulator;

import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.util.List;

/** Two tenants and their actions, small enough to be held in the head. */
final class SimulatorSetup {

    static final SimulatorTenant CONTOSO = SimulatorTenant.of("contoso", "11111111-1111-4111-8111-111111111111",
            "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "contoso-secret~value");
    static final SimulatorTenant FABRIKAM = SimulatorTenant.of("fabrikam", "22222222-2222-4222-8222-222222222222",
            "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", "fabrikam-secret~value");
    static final String ACTION = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    static final String OTHER_ACTION = "988cc94e-7a8f-4b28-ab65-54970c5d5018";

    private SimulatorSetup() {
    }

    static Scenario scenario() {
        return Scenario.of(List.of(CONTOSO, FABRIKAM),
                ScenarioAction.of("contoso", ACTION,
                        ScenarioCommand.putFile("collect.ps1"),
                        ScenarioCommand.script("collect.ps1", ScenarioBlob.transcript("collect.ps1", 0, "done\n", "")),
                        ScenarioCommand.getFile("C:\\Temp\\out.zip", ScenarioBlob.text("the file").gzipped().named("out.zip"))),
                ScenarioAction.of("fabrikam", OTHER_ACTION,
                        ScenarioCommand.script("check.ps1", ScenarioBlob.transcript("check.ps1", 7, "", "no\n"))));
    }
}
