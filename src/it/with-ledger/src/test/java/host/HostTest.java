package host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dependencies that docs/embedding.md names are enough for the ledger and the worker. */
class HostTest {

    private static final String TRIAGE = "5382f7ea-7557-4ab7-9782-d50480024a4e";

    @TempDir
    private Path directory;

    private Simulator simulator;
    private CamelContext camel;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.demo()));
        Properties settings = new Properties();
        settings.putAll(simulator.settings());
        settings.put("live-response.data-directory", directory.resolve("data").toString());
        camel = Host.start(settings);
    }

    @AfterEach
    void stop() {
        camel.stop();
        simulator.close();
    }

    @Test
    void an_accepted_request_is_delivered_by_the_worker_and_the_same_request_is_delivered_once() {
        Host.accept(camel, "contoso", TRIAGE, 2);
        Host.accept(camel, "contoso", TRIAGE, 2);
        await().atMost(Duration.ofSeconds(60)).until(() -> directory.resolve("data/results").toFile().isDirectory()
                && simulator.journal().count(EndpointKind.BLOB) == 1);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(directory.resolve("data/results"))
                .isDirectoryRecursivelyContaining("glob:**/2.result.json"));

        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
        assertThat(directory.resolve("data/ledger/ledger.db")).exists();
    }
}
