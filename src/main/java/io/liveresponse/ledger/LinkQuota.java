package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

/**
 * The link calls of each tenant, counted in the database, so that threads, nodes and restarts share one count. Thread-safe;
 * no method waits for room.
 */
public final class LinkQuota {

    private final Sql sql;
    private final EventLog events;
    private final InstantSource time;
    private final TenantRows tenants;
    private final Quota quota;

    LinkQuota(Sql sql, EventLog events, InstantSource time, TenantRows tenants, Quota quota) {
        this.sql = sql;
        this.events = events;
        this.time = time;
        this.tenants = tenants;
        this.quota = quota;
    }

    /**
     * Counts one link call, or says when there will be room for it. To be asked right before each call that may reach the
     * wire, repeated ones included: what is granted counts, made or not, and counts from now on.
     *
     * @param key a request known to the ledger
     */
    public LinkPermit take(ResultKey key) {
        tenants.add(List.of(key.tenant()));
        return sql.transaction(() -> {
            Instant pausedUntil = tenants.lock(key.tenant());
            // read after the lock: a call counted earlier than it is made would leave its window too soon
            Instant now = time.instant();
            Instant roomAt = Collections.max(List.of(
                    pausedUntil,
                    roomAt(key.tenant(), quota.perMinute(), quota.minutePeriod(), now),
                    roomAt(key.tenant(), quota.perHour(), quota.hourPeriod(), now)));
            if (roomAt.isAfter(now)) {
                return LinkPermit.refused(roomAt);
            }
            sql.update("add-link-call", new Params().key(key).time("now", now));
            sql.update("use-reservation", new Params().key(key));
            events.add(key, now, EventKind.LINK_CALL, null);
            return LinkPermit.GRANTED;
        });
    }

    /** How many link calls the tenant could make at this moment; 0 while it is paused. */
    public int room(String tenant) {
        tenants.add(List.of(tenant));
        return sql.transaction(() -> {
            Instant pausedUntil = tenants.lock(tenant);
            Instant now = time.instant();
            return pausedUntil.isAfter(now) ? 0 : room(tenant, now);
        });
    }

    /** What {@link #room(String)} is about to be, pauses left aside, without lock and without a row for a new tenant: for people. */
    public int glance(String tenant) {
        return room(tenant, time.instant());
    }

    /** The room at a moment, pauses left aside; within a transaction that holds the tenant's row. */
    int room(String tenant, Instant now) {
        long inMinute = callsSince(tenant, now.minus(quota.minutePeriod()));
        long inHour = callsSince(tenant, now.minus(quota.hourPeriod()));
        return (int) Math.max(0, Math.min(quota.perMinute() - inMinute, quota.perHour() - inHour));
    }

    /**
     * Keeps a tenant from making link calls on any node. Never shortens a pause; other tenants go on, and so do this one's
     * requests that need no link call any more.
     *
     * @param until  capped by the caller; what the other side says is not to be trusted
     * @param reason for an operator's eyes, free of secrets
     */
    public void pause(String tenant, Instant until, String reason) {
        tenants.add(List.of(tenant));
        sql.transaction(() -> sql.update("pause",
                new Params().text("tenant", tenant).time("until", until).text("reason", Text.clean(reason, 500))));
    }

    /** Ends all pauses whose reason begins so: what they were about may have been mended. */
    public void endPauses(String reason) {
        sql.transaction(() -> sql.update("end-pauses", new Params().text("reason", reason + "%")));
    }

    /** The tenants that are paused at this moment. */
    public List<TenantPause> pauses() {
        return sql.query("pauses", new Params().time("now", time.instant()), (row, number) -> new TenantPause(
                row.getString("name"), Rows.time(row, "paused_until"), row.getString("pause_reason")));
    }

    /** When the call that now fills the window leaves it; {@link Instant#MIN} where the window is not full. */
    private Instant roomAt(String tenant, int calls, Duration period, Instant now) {
        Params params = new Params().text("tenant", tenant).number("skip", calls - 1).time("since", now.minus(period));
        return sql.query("earlier-link-call", params, (row, number) -> Rows.time(row, "called_at").plus(period))
                .stream().findFirst().orElse(Instant.MIN);
    }

    private long callsSince(String tenant, Instant since) {
        return sql.count("count-link-calls", new Params().text("tenant", tenant).time("since", since));
    }
}
