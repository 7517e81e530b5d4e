package io.liveresponse.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
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
            sql.transaction(() -> sql.updateAll("add-tenant", missing.stream().map(t -> new Params().text("tenant", t)).toList()));
            known.addAll(missing);
        }
    }

    /**
     * Locks a tenant's row until the transaction's end.
     *
     * @return until when the tenant is paused; {@link Instant#MIN} where it never was
     */
    Instant lock(String tenant) {
        List<Instant> until = sql.query("lock-tenant", new Params().text("tenant", tenant), (row, number) -> {
            Instant paused = Rows.time(row, "paused_until");
            return paused == null ? Instant.MIN : paused;
        });
        return Collections.max(until);
    }
}
