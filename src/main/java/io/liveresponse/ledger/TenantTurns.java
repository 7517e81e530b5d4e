package io.liveresponse.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Whose turn it is. Kept in memory: a restart loses no more than one round's order. Thread-safe. */
final class TenantTurns {

    private static final List<String> RETRIES_FIRST = List.of("retry", "fresh");
    private static final List<String> FRESH_FIRST = List.of("fresh", "retry");

    private final AtomicLong turn = new AtomicLong();
    private final Map<String, Long> lastServed = new ConcurrentHashMap<>();
    private final Map<String, Boolean> retriesServed = new ConcurrentHashMap<>();

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
     * The order in which a tenant's requests share what quota there is. It alternates: first come those that were tried
     * before, which must not queue behind a long backlog, then those that were not, which a crowd of retries must not starve.
     */
    List<String> lanes(String tenant) {
        return retriesServed.merge(tenant, true, (before, now) -> !before) ? RETRIES_FIRST : FRESH_FIRST;
    }
}
