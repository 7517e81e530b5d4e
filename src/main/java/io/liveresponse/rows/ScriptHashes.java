package io.liveresponse.rows;

import java.util.Optional;

/** Knows the hash of a script that an action runs. Thread-safe. */
@FunctionalInterface
public interface ScriptHashes {

    /** @return 64 lower-case hex digits; empty if this product did not start the action or its run is not fixed to a hash */
    Optional<String> find(String tenant, String machineActionId, String scriptName);
}
