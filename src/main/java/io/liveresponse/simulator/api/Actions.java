package io.liveresponse.simulator.api;

import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Faults;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.store.Blobs;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The machine actions that the simulator knows: those of the scenario, and those that were started. Thread-safe; may be changed while requests run. */
public final class Actions {

    /** The index in the key of a request that is about an action and none of its commands. */
    public static final int ACTION_ITSELF = -1;

    private final Map<String, PastAction> byId = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Faults faults;
    private final Blobs blobs;
    private final Runs runs;

    public Actions(Clock clock, Faults faults, Blobs blobs, Runs runs) {
        this.clock = clock;
        this.faults = faults;
        this.blobs = blobs;
        this.runs = runs;
    }

    /** Adds an action, or puts it in place of the one with its id. Its times count from now; its faults are added. */
    public void put(ScenarioAction action) {
        for (int index = 0; index < action.commands().size(); index++) {
            ScenarioCommand command = action.commands().get(index);
            ResultKey key = action.key(index);
            if (command.blob() != null) {
                blobs.put(key, command.blob());
            }
            command.faults().forEach(fault -> faults.on(fault.at())
                    .key(fault.at() == EndpointKind.ACTION ? action.key(ACTION_ITSELF) : key).next(fault.times(), fault.fault()));
        }
        byId.put(action.id(), new PastAction(action, clock.instant()));
    }

    /** Takes a blob out of the store; its link is made as before. */
    public void removeBlob(ResultKey key) {
        blobs.remove(key);
    }

    /** One request's look at an action; empty if the tenant has none by this id, or none that is visible yet. */
    Optional<MachineAction> look(String tenant, String id) {
        Instant now = clock.instant();
        String lower = id.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byId.get(lower)).filter(action -> action.tenant().equals(tenant)).map(action -> action.look(now))
                .or(() -> runs.find(tenant, lower).filter(run -> run.isVisible(now)).map(run -> run.look(now)));
    }

    /** One request's look at all visible actions of a tenant, by id, not by time: the API promises no order. */
    List<MachineAction> look(String tenant) {
        Instant now = clock.instant();
        return Stream.concat(
                byId.values().stream().filter(action -> action.tenant().equals(tenant)).map(action -> action.look(now)),
                runs.of(tenant).stream().filter(run -> run.isVisible(now)).map(run -> run.look(now)))
                .sorted(Comparator.comparing(MachineAction::id)).toList();
    }

    /** Ends an action a while from now. @return false if it has ended; empty if there is none that is visible */
    public Optional<Boolean> cancel(String tenant, String id, String requestor, String comment) {
        Instant now = clock.instant();
        Cancellation cancellation = new Cancellation(now, now.plus(runs.cancelAfter()), requestor, comment);
        String lower = id.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byId.get(lower)).filter(action -> action.tenant().equals(tenant))
                .map(action -> action.cancel(cancellation))
                .or(() -> runs.find(tenant, lower).filter(run -> run.isVisible(now)).map(run -> run.cancel(cancellation)));
    }
}
