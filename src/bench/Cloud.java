import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.http.Journal;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** The simulated cloud: answers at once, over TLS, with transcripts of 2 KB; without further words its quota is never reached. */
final class Cloud implements AutoCloseable {

    /** Of all tenants together; a throttle keeps an object for each call that it allows. */
    private static final int QUOTA = 20_000;
    private static final int LEAST_QUOTA = 100;
    private static final String TRANSCRIPT = "C:\\Windows\\Temp\\triage 0x1f 4711 ok\r\n".repeat(54);

    private final Simulator simulator;
    private final int tenants;

    Cloud(Path directory, int tenants) throws IOException {
        this(directory, tenants, 1_000_000, Duration.ofSeconds(1), 1_000_000, Duration.ofSeconds(1));
    }

    /** With a quota that it enforces, by true windows. */
    Cloud(Path directory, int tenants, int perMinute, Duration minute, int perHour, Duration hour) throws IOException {
        List<SimulatorTenant> all = IntStream.range(0, tenants).mapToObj(i -> SimulatorTenant.of(name(i), new UUID(1, i).toString(),
                new UUID(2, i).toString(), "bench~secret" + i)).toList();
        this.simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(all))
                .withQuota(perMinute, minute, perHour, hour));
        this.tenants = tenants;
    }

    private static String name(int tenant) {
        return "tenant-" + tenant;
    }

    /** Adds actions, spread evenly over the tenants, and returns a request for each: the lines of an inbox file. */
    List<String> requests(int count) {
        List<String> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String tenant = name(i % tenants);
            String id = UUID.randomUUID().toString();
            simulator.actions().put(ScenarioAction.of(tenant, id,
                    ScenarioCommand.script("triage.ps1", ScenarioBlob.transcript("triage.ps1", 0, TRANSCRIPT, ""))));
            lines.add("{\"tenant\":\"" + tenant + "\",\"machineActionId\":\"" + id + "\",\"commandIndex\":0}");
        }
        return lines;
    }

    /** Lets every answer of both calls wait. */
    void answerAfter(Duration pause) {
        simulator.faults().on(EndpointKind.LINK).always(Fault.delay(pause));
        simulator.faults().on(EndpointKind.BLOB).always(Fault.delay(pause));
    }

    /** A few of all answers are errors, resets and cut files from now on. */
    void fail() {
        simulator.faults().on(EndpointKind.LINK).rate(0.02, 1, Fault.status(503));
        simulator.faults().on(EndpointKind.LINK).rate(0.01, 2, Fault.reset());
        simulator.faults().on(EndpointKind.BLOB).rate(0.02, 3, Fault.cut(100));
        simulator.faults().on(EndpointKind.BLOB).rate(0.01, 4, Fault.status(500));
    }

    /** What it saw so far. */
    Journal journal() {
        return simulator.journal();
    }

    List<String> tenants() {
        return IntStream.range(0, tenants).mapToObj(Cloud::name).toList();
    }

    void revokeTokens() {
        simulator.revokeTokens();
    }

    /** What the journal knows of past calls is not needed and grows. */
    void forgetCalls() {
        simulator.journal().clear();
    }

    /** The settings of the tenants, with a quota that is never reached. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(simulator.settings());
        for (String window : List.of("minute", "hour")) {
            settings.put("live-response.quota.per-" + window, Integer.toString(Math.max(QUOTA / tenants, LEAST_QUOTA)));
        }
        return settings;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
