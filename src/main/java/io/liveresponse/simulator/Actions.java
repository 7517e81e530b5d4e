package io.liveresponse.simulator;

import io.liveresponse.model.ResultKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The machine actions that the simulator knows, and their blobs. Thread-safe; may be changed while requests run. */
public final class Actions {

    /** The index in the key of a request that is about an action and none of its commands. */
    public static final int ACTION_ITSELF = -1;

    /** An action with what has become of it. */
    record Stored(ScenarioAction action, Instant reference, AtomicInteger pendingCalls) {

        /** Counts one request about the action and tells whether that request still finds it running. */
        boolean stillRunning() {
            return pendingCalls.getAndUpdate(left -> Math.max(0, left - 1)) > 0 || action.status().equals("Pending")
                    || action.status().equals("InProgress");
        }
    }

    /** A blob and the body it has, made once. */
    record StoredBlob(ResultKey key, ScenarioBlob blob, Body body) {
    }

    private final Map<String, Stored> byId = new ConcurrentHashMap<>();
    private final Map<String, StoredBlob> blobs = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Faults faults;

    Actions(Clock clock, Faults faults) {
        this.clock = clock;
        this.faults = faults;
    }

    /** Adds an action, or puts it in place of the one with its id. Its times count from now; its faults are added. */
    public void put(ScenarioAction action) {
        for (int index = 0; index < action.commands().size(); index++) {
            ScenarioCommand command = action.commands().get(index);
            ResultKey key = action.key(index);
            if (command.blob() != null) {
                blobs.put(SignedLinks.pathOf(key), new StoredBlob(key, command.blob(), command.blob().body()));
            }
            command.faults().forEach(fault -> faults.on(fault.at())
                    .key(fault.at() == EndpointKind.ACTION ? action.key(ACTION_ITSELF) : key).next(fault.times(), fault.fault()));
        }
        byId.put(action.id(), new Stored(action, clock.instant(), new AtomicInteger(action.pendingCalls())));
    }

    /** Takes a blob out of the store; its link is made as before. */
    public void removeBlob(ResultKey key) {
        blobs.remove(SignedLinks.pathOf(key));
    }

    Optional<Stored> find(String tenant, String id) {
        return Optional.ofNullable(byId.get(id.toLowerCase(Locale.ROOT))).filter(stored -> stored.action().tenant().equals(tenant));
    }

    /** A tenant's actions by id, which is no order in time: the API promises none. */
    List<Stored> of(String tenant) {
        return byId.values().stream().filter(stored -> stored.action().tenant().equals(tenant))
                .sorted(Comparator.comparing(stored -> stored.action().id())).toList();
    }

    Optional<StoredBlob> blobAt(String path) {
        return Optional.ofNullable(blobs.get(path));
    }
}
