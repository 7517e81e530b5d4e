package io.liveresponse.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tenants' rows, which exist to be locked and to remember pauses. They are never removed. Thread-safe. */
final class TenantRows {

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Sql sql;

    TenantRows(Sql sql) {
        this.sql = sql;
    }

    /** Makes sure that the tenants have rows. Not to be called inside a transaction: its rollback would not be noticed. */
    void add(Collection<String> tenants) {
        List<String> missing = tenants.stream().distinct().filter(tenant -> !known.contains(tenant)).sorted().toList();
        if (!missing.isEmpty()) {
            sql.transaction(() -> sql.updateAll("add-tenant", missing.stream().map(t -> Map.<String, Object>of("tenant", t)).toList()));
            known.addAll(missing);
        }
    }
}
