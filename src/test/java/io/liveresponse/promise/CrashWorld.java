package io.liveresponse.promise;

import io.liveresponse.BundleRoutes;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A cloud that outlives the service's processes, and the place where these keep their data. */
final class CrashWorld implements AutoCloseable {

    static final Path ROUTES = BundleRoutes.DIRECTORY.toAbsolutePath();

    private final Path home;
    private final Simulator simulator;
    private final Map<String, String> settings;

    private CrashWorld(Path home, Simulator simulator) {
        this.home = home;
        this.simulator = simulator;
        this.settings = new HashMap<>(simulator.settings());
        settings.put("live-response.quota.per-minute", "10000");
        settings.put("live-response.quota.per-hour", "10000");
        // other tests may fill the machine's disk for a while, and then nothing is claimed
        settings.put("live-response.retention.min-free", "1MB");
        settings.put("live-response.worker.period", "20");
        settings.put("live-response.retry.delay", "100");
        settings.put("live-response.retry.max-delay", "1000");
        // a ticket that was in doubt when a process died is looked up after the sum of these
        settings.put("live-response.http.connect-timeout", "2000");
        settings.put("live-response.http.response-timeout", "8000");
        settings.put("live-response.deliver.ticket.settle-time", "1000");
    }

    /** With a quota that never bites. */
    static CrashWorld in(Path directory, CrashScenario scenario) throws IOException {
        return of(directory, SimulatorOptions.in(directory.resolve("simulator"), scenario.scenario()).withMail()
                .withQuota(100_000, Duration.ofMinutes(1), 100_000, Duration.ofHours(1)));
    }

    static CrashWorld of(Path directory, SimulatorOptions options) throws IOException {
        return new CrashWorld(directory.resolve("service"), Simulator.start(options));
    }

    CrashWorld with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** In the place of the webhook. */
    CrashWorld withTicketSystem(TicketSystem.Kind kind) {
        settings.putAll(simulator.settings(kind));
        return this;
    }

    Simulator simulator() {
        return simulator;
    }

    Map<String, String> settings() {
        return settings;
    }

    Path home() {
        return home;
    }

    Path data() {
        return home.resolve("data");
    }

    Path results() {
        return data().resolve("results");
    }

    ServiceProcess start() {
        return start(ROUTES);
    }

    ServiceProcess start(Path routes) {
        return ServiceProcess.start(home, routes, settings);
    }

    /** Whole at once, as a careful sender does it. */
    void putInInbox(String name, String lines) throws IOException {
        Path inbox = Files.createDirectories(data().resolve("inbox"));
        Files.move(Files.writeString(inbox.resolve(name + ".part"), lines), inbox.resolve(name));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
