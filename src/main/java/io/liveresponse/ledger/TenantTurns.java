package io.liveresponse.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Whose turn it is. Kept in memory: a restart loses no more than one round's order. Thread-safe. */
final class TenantTurns {

    /** Orders in which each lane comes first equally often, and before each other equally often. */
    private static final List<List<String>> LANES = List.of(
            List.of("deliver", "retry", "fresh", "action"), List.of("action", "fresh", "retry", "deliver"),
            List.of("fresh", "deliver", "action", "retry"), List.of("retry", "action", "deliver", "fresh"));

    private final AtomicLong turn = new AtomicLong();
    private final Map<String, Long> lastServed = new ConcurrentHashMap<>();
    private final Map<String, Integer> claims = new ConcurrentHashMap<>();

    /** The tenants, the one that has waited longest first. */
    List<String> order(List<String> tenants) {
        // a copy, since a sort must not see turns change
        Map<String, Long> served = Map.copyOf(lastServed);
        return tenants.stream().sorted(Comparator.comparing((String tenant) -> served.getOrDefault(tenant, 0L))).toList();
    }

    void served(String tenant) {
        lastServed.put(tenant, turn.incrementAndGet());
    }

    /**
     * The order in which a tenant's requests are looked for. It changes with every claim: what was tried before must not
     * queue behind a long backlog, and neither a crowd of retries nor a sink that is down must starve what was not.
     */
    List<String> lanes(String tenant) {
        return LANES.get(claims.merge(tenant, 0, (before, start) -> (before + 1) % LANES.size()));
    }
}
