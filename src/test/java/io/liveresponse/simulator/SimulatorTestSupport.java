package io.liveresponse.simulator;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A simulator with the scenario of {@link SimulatorSetup} and a clock of the test's own. */
abstract class SimulatorTestSupport {

    @TempDir
    Path directory;

    final SettableClock clock = new SettableClock();
    Simulator simulator;
    SimulatorClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory, SimulatorSetup.scenario()).withClock(clock));
        client = new SimulatorClient(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }
}
