package io.liveresponse.runs;

import static org.awaitility.Awaitility.await;

import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.intake.RunningService;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RunDevice;
import io.liveresponse.ledger.RunEnd;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import io.liveresponse.ledger.VirtualClock;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.RunTable;
import io.liveresponse.settings.Settings;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.ProducerTemplate;

/**
 * The shipped routes and limits of runs against a simulator, both by one virtual clock: a run of hours takes seconds. What the timers
 * do, {@link #pass} does; results are fetched by the worker in real time, so in no virtual time at all.
 */
final class VirtualFleet implements AutoCloseable {

    static final String TENANT = "contoso";
    static final String SCRIPT = "Get-Health.ps1";
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int PERIODS_PER_WALK = 30;
    /** The virtual time is in the past, so that what is due by it is due for the worker too. */
    private static final Duration BEFORE = Duration.ofDays(3);

    private final VirtualClock clock = new VirtualClock();
    private final Simulator simulator;
    private final LedgerDatabase database;
    private final Ledger ledger;
    private final RunStarts starts;
    private final RunFollower follower;
    private final RunFinisher finisher;
    private final RunPreparation preparation;
    private final RunningService service;
    private final ProducerTemplate template;
    private final Supplier<Duration> beforeCall;

    /**
     * @param shipped    settings that differ from the shipped ones
     * @param beforeCall how long each start call takes from its permit to the API
     */
    VirtualFleet(Path directory, Scenario scenario, Map<String, String> shipped, Supplier<Duration> beforeCall)
            throws Exception {
        this.beforeCall = beforeCall;
        clock.advanceTo(Instant.now().minus(BEFORE));
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), scenario)
                .withClock(clock).withTokenLifetime(BEFORE.multipliedBy(3)).withLinkLifetime(BEFORE.multipliedBy(3))
                .withQuota(1_000_000, Duration.ofMinutes(1), 1_000_000, Duration.ofHours(1)));
        LedgerAddress address = LedgerAddress.inDirectory(Files.createDirectories(directory.resolve("data")));
        database = LedgerDatabase.open(address);
        Map<String, String> values = new HashMap<>(simulator.settings());
        values.putAll(shipped);
        Settings settings = Settings.of(values);
        ledger = new Ledger(database, clock, clock::nanoTime, Quota.perKind(settings));
        RunSettings limits = RunSettings.of(settings);
        RunQuota quota = new RunQuota(ledger.quota(), limits.quotaKeys(), clock);
        starts = new RunStarts(ledger.runs(), quota, limits, () -> false, clock);
        follower = new RunFollower(ledger.runs(), ledger.intake(), limits, settings, clock);
        finisher = new RunFinisher(ledger, new RunTables(ledger.runs()), limits);
        preparation = new RunPreparation(settings, limits, clock);
        service = new RunningService(simulator, directory, Map.of("live-response.quota.per-minute", "20000",
                "live-response.quota.per-hour", "20000"), main -> {
                    main.bind("liveResponseRunQuota", late(quota));
                    main.bind("liveResponseRunStarts", starts);
                    main.bind("liveResponseRunFollower", follower);
                    main.bind("liveResponseRunFinisher", finisher);
                    main.bind("liveResponseRunPreparation", preparation);
                });
        template = service.context().createProducerTemplate();
        for (String timer : List.of("start-devices", "follow-run", "finish-run")) {
            service.context().getRouteController().stopRoute(timer);
        }
    }

    /** A fleet on which the script takes so long. */
    static Scenario scenario(ScenarioFleet fleet, Duration runTime) {
        return scenario(runTime).withFleets(fleet);
    }

    static Scenario scenario(Duration runTime) {
        return Scenario.of(Scenario.demo().tenants())
                .withLibrary(new ScenarioLibraryFile(TENANT, SCRIPT, null, null, null, 0, "fine", null, runTime));
    }

    private QuotaGate late(QuotaGate quota) {
        return new QuotaGate() {
            @Override
            public void beforeCall(ResultKey key) throws LiveResponseException {
                quota.beforeCall(key);
                clock.advance(beforeCall.get());
            }

            @Override
            public void pause(String tenant, Duration pause) throws LiveResponseException {
                quota.pause(tenant, pause);
            }
        };
    }

    /** Records a run of the script on all devices of the fleet. */
    RunPreparation.Started order(ScenarioFleet fleet) {
        return order(fleet.expand(), Map.of("script", SCRIPT));
    }

    RunPreparation.Started order(List<ScenarioDevice> devices, Map<String, Object> order) {
        return RunPreparation.start(plan(devices, order), ledger.runs());
    }

    RunPlan plan(List<ScenarioDevice> devices, Map<String, Object> order) {
        Map<String, Object> all = new HashMap<>(order);
        all.put("tenant", TENANT);
        all.put("devices", devices.stream().map(ScenarioDevice::machineId).toList());
        return template.requestBody("direct:live-response-prepare-run", all, RunPlan.class);
    }

    /** Lets time pass until so many devices ran. */
    void passUntilRan(String run, int devices) {
        passUntil(() -> run(run).ends().getOrDefault(RunEnd.RAN, 0) >= devices);
    }

    /** Lets time pass until all devices have ended. */
    void passUntilEnded(String run) {
        passUntil(() -> run(run).waiting() + run(run).open() == 0);
    }

    /** Asked for each time the actions are listed. */
    void passUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            for (int period = 0; period < PERIODS_PER_WALK; period++) {
                starts.due().forEach(device -> template.sendBody("direct:live-response-start-device", device));
                if (period == 0) {
                    follower.tenants().forEach(tenant -> template.sendBody("direct:live-response-follow-tenant", tenant));
                }
                clock.advance(PERIOD);
            }
        }
    }

    /** Ends the run once the worker has fetched the results of its devices, which have ended. */
    RunTable finish(String run) {
        await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(50)).until(() -> {
            finisher.ended().forEach(finisher::finish);
            return run(run).state() == RunState.FINISHED;
        });
        return new RunTables(ledger.runs()).of(run(run));
    }

    RunRecord run(String id) {
        return ledger.runs().find(id).orElseThrow();
    }

    /** The run's first device. */
    RunDevice device(String run) {
        return ledger.runs().devices().of(run(run), 0, 1).get(0);
    }

    List<RequestRecord> requests() {
        return service.all();
    }

    /** From the record of the run to the last end of a device that ran. */
    Duration took(String id) {
        RunRecord run = run(id);
        return Duration.between(run.createdAt(),
                ledger.runs().devices().of(run, 0, Integer.MAX_VALUE).stream().filter(device -> device.end() == RunEnd.RAN)
                        .map(RunDevice::endedAt).max(Comparator.naturalOrder()).orElseThrow());
    }

    /** The most start calls in any minute of the API. */
    int mostStarts() {
        return simulator.journal().maxInAnyWindow(EndpointKind.RUN, TENANT, Duration.ofMinutes(1));
    }

    Simulator simulator() {
        return simulator;
    }

    @Override
    public void close() {
        service.close();
        database.close();
        simulator.close();
    }
}
