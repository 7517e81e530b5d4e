package io.liveresponse.ledger;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whose turn it is. Kept in memory: a restart loses no more than one round's order. Thread-safe. */
final class FairScheduler {

    /** Orders in which each lane comes first equally often, and before each other equally often. */
    private static final List<List<String>> LANES = List.of(
            List.of("deliver", "retry", "fresh", "action"), List.of("action", "fresh", "retry", "deliver"),
            List.of("fresh", "deliver", "action", "retry"), List.of("retry", "action", "deliver", "fresh"));

    private final Map<String, Integer> claims = new ConcurrentHashMap<>();
    private volatile String lastServed = "";

    /** The tenant after which the next claim looks for work, in the order of their names and in a circle. */
    String lastServed() {
        return lastServed;
    }

    void served(String tenant) {
        lastServed = tenant;
    }

    /**
     * The order in which a tenant's requests are looked for. It changes with every claim: what was tried before must not
     * queue behind a long backlog, and neither a crowd of retries nor a sink that is down must starve what was not.
     */
    List<String> lanes(String tenant) {
        return LANES.get(claims.merge(tenant, 0, (before, start) -> (before + 1) % LANES.size()));
    }
}
