package io.liveresponse.simulator.api;

import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import io.liveresponse.simulator.store.Blobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The live responses that callers started, with exact counts of what ran where. Nothing runs by itself: each look works out
 * what has happened by the simulator's clock. Thread-safe.
 */
public final class Runs {

    private final Clock clock;
    private final ScenarioRuns settings;
    private final LibraryFiles library;
    private final Blobs blobs;
    private final Instant epoch;
    private final Map<String, StartedRun> byId = new LinkedHashMap<>();
    private final Map<String, StartedRun> lastOfDevice = new HashMap<>();
    private final Map<String, List<StartedRun>> openOfTenant = new HashMap<>();

    public Runs(Clock clock, ScenarioRuns settings, LibraryFiles library, Blobs blobs) {
        this.clock = clock;
        this.settings = settings;
        this.library = library;
        this.blobs = blobs;
        this.epoch = clock.instant();
    }

    /** Starts a live response, or refuses to. */
    synchronized Reply start(String tenant, String requestor, ScenarioDevice device, RunRequest request) {
        Instant now = clock.instant();
        Optional<Reply> refused = refusal(tenant, device, request, now);
        if (refused.isPresent()) {
            return refused.get();
        }
        StartedRun run = new StartedRun(UUID.randomUUID().toString(),
                new StartedRun.Order(tenant, settings.requestor() == null ? requestor : settings.requestor(), request.comment(),
                        request.externalId(), request.commands()),
                device, settings, now, device.offline() ? null : epoch.plus(settings.scaled(device.onlineAfter())),
                new DeviceScript(device, settings, name -> library.find(tenant, name)));
        for (int index = 0; index < request.commands().size(); index++) {
            DeviceScript.Ending ending = run.endings().get(index);
            if (ending != null && ending.result() != null) {
                blobs.put(new ResultKey(tenant, run.id(), index), ending.result());
            }
        }
        byId.put(run.id(), run);
        lastOfDevice.put(tenant + "/" + device.machineId(), run);
        openOfTenant.computeIfAbsent(tenant, name -> new ArrayList<>()).add(run);
        return Reply.json(201, ActionJson.of(run.look(now)));
    }

    private Optional<Reply> refusal(String tenant, ScenarioDevice device, RunRequest request, Instant now) {
        if (device.refusal() != null) {
            return Optional.of(ErrorBodies.api(device.refusal().status(), device.refusal().code(), device.refusal().message()));
        }
        // No page says what a name that is not in the library is answered with.
        Optional<String> unknown = request.commands().stream().filter(command -> !command.type().equals("GetFile"))
                .map(RunRequest.Command::subject).filter(name -> library.find(tenant, name).isEmpty()).findFirst();
        if (unknown.isPresent()) {
            return Optional.of(ErrorBodies.api(400, "InvalidInput", "The file " + unknown.get() + " is not in the live response library."));
        }
        StartedRun last = lastOfDevice.get(tenant + "/" + device.machineId());
        if (now.isBefore(epoch.plus(settings.scaled(device.busyFor()))) || last != null && !last.hasEnded(now)) {
            return Optional
                    .of(ErrorBodies.api(400, "ActiveRequestAlreadyExists", "An action of this type is already in progress on the device."));
        }
        List<StartedRun> open = openOfTenant.getOrDefault(tenant, new ArrayList<>());
        open.removeIf(run -> run.hasEnded(now));
        if (open.size() >= settings.sessions()) {
            return Optional.of(
                    ErrorBodies.api(429, "TooManyRequests", "The maximum of " + settings.sessions() + " live response sessions is reached.")
                            .with(Map.of("Retry-After", Long.toString(Math.max(1, settings.scaled(settings.period()).toSeconds())))));
        }
        return Optional.empty();
    }

    synchronized Optional<StartedRun> find(String tenant, String id) {
        return Optional.ofNullable(byId.get(id)).filter(run -> run.tenant().equals(tenant));
    }

    synchronized List<StartedRun> of(String tenant) {
        return byId.values().stream().filter(run -> run.tenant().equals(tenant)).toList();
    }

    Duration cancelAfter() {
        return settings.scaled(settings.cancelAfter());
    }

    List<String> refusedFields() {
        return settings.refusedFields();
    }

    /** How many actions were started, of all tenants. */
    public synchronized int count() {
        return byId.size();
    }

    /** How many actions were started on each device, by machine id; devices without one are left out. */
    public synchronized Map<String, Long> actionsPerDevice() {
        return byId.values().stream().collect(Collectors.groupingBy(StartedRun::machineId, TreeMap::new, Collectors.counting()));
    }

    /** Every command that has begun on a device until now, in the order in which the actions were started. */
    public synchronized List<Execution> executions() {
        Instant now = clock.instant();
        return byId.values().stream().flatMap(run -> run.executions(now).stream()).toList();
    }

    /** How many scripts have begun on each device, by machine id; devices without one are left out. */
    public Map<String, Long> scriptsPerDevice() {
        return executions().stream().filter(execution -> execution.type().equals("RunScript"))
                .collect(Collectors.groupingBy(Execution::machineId, TreeMap::new, Collectors.counting()));
    }

    /** How many actions there are in each status now, visible or not. */
    public synchronized Map<String, Long> perStatus() {
        Instant now = clock.instant();
        return byId.values().stream().map(run -> run.look(now).status())
                .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()));
    }

    /** The most actions of a tenant, pending ones too, that were open at the same moment until now. */
    public int maxSessions(String tenant) {
        return most(of(tenant), run -> true);
    }

    /** The most actions of a device that were open at the same moment until now; more than one would be a fault of the simulator. */
    public int maxSessionsOfDevice(String tenant, String machineId) {
        return most(of(tenant), run -> run.machineId().equals(machineId));
    }

    private int most(List<StartedRun> runs, Predicate<StartedRun> counted) {
        Instant now = clock.instant();
        TreeMap<Instant, Integer> changes = new TreeMap<>();
        runs.stream().filter(counted).forEach(run -> {
            changes.merge(run.created(), 1, Integer::sum);
            if (run.hasEnded(now)) {
                changes.merge(run.end(), -1, Integer::sum);
            }
        });
        int open = 0;
        int most = 0;
        for (int change : changes.values()) {
            open += change;
            most = Math.max(most, open);
        }
        return most;
    }

    @Override
    public String toString() {
        return "Runs" + perStatus();
    }
}
