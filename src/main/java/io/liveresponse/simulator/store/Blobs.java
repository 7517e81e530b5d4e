package io.liveresponse.simulator.store;

import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.Body;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the store holds. Thread-safe. */
public final class Blobs {

    /** A blob and the body it has, made once. */
    record Stored(ResultKey key, ScenarioBlob blob, Body body) {
    }

    private final Map<String, Stored> byPath = new ConcurrentHashMap<>();

    public void put(ResultKey key, ScenarioBlob blob) {
        byPath.put(SignedLinks.pathOf(key), new Stored(key, blob, blob.body()));
    }

    /** Takes a blob out of the store; its link is made as before. */
    public void remove(ResultKey key) {
        byPath.remove(SignedLinks.pathOf(key));
    }

    Optional<Stored> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }
}
