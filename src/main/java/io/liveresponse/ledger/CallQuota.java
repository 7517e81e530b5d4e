package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The API calls of each tenant, counted in the database, so that threads, nodes and restarts share one count. They are counted
 * by the tenant's id at the API, the quota's key, since several names in the settings may stand for one id. Thread-safe; no
 * method waits for room.
 */
public final class CallQuota {

    private final Sql sql;
    private final EventLog events;
    private final InstantSource time;
    private final LongSupplier nanoTime;
    private final TenantRows tenants;
    private final Map<CallKind, Quota> quotas;
    private final Map<CallKind, MonotonicGuard> guards = new EnumMap<>(CallKind.class);
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    CallQuota(Sql sql, EventLog events, InstantSource time, LongSupplier nanoTime, TenantRows tenants, Map<CallKind, Quota> quotas) {
        this.sql = sql;
        this.events = events;
        this.time = time;
        this.nanoTime = nanoTime;
        this.tenants = tenants;
        this.quotas = new EnumMap<>(quotas);
        this.quotas.forEach((kind, quota) -> guards.put(kind, new MonotonicGuard(quota)));
    }

    /**
     * Counts one call that a request needs, or says when there will be room for it. To be asked right before each call that may
     * reach the wire, repeated ones included: what is granted counts, made or not, and counts from now on. A link call is
     * refused while the request's tenant is paused.
     *
     * @param quotaKey the tenant's id at the API, at most 200 characters
     * @param key      a request known to the ledger
     */
    public QuotaDecision take(CallKind kind, String quotaKey, ResultKey key) {
        addRow(quotaKey);
        return sql.transaction(() -> {
            lock(quotaKey);
            QuotaDecision decision = decide(kind, quotaKey, kind == CallKind.LINK ? pausedUntil(key.tenant()) : Instant.MIN);
            if (decision.granted() && kind == CallKind.LINK) {
                sql.statement("use-reservation", key).update();
                events.add(key, time.instant(), EventKind.LINK_CALL, null);
            }
            return decision;
        });
    }

    /** Counts one call that belongs to no request, such as for a list of actions, or says when there will be room for it. */
    public QuotaDecision take(CallKind kind, String quotaKey) {
        addRow(quotaKey);
        return sql.transaction(() -> {
            lock(quotaKey);
            return decide(kind, quotaKey, Instant.MIN);
        });
    }

    private QuotaDecision decide(CallKind kind, String quotaKey, Instant pausedUntil) {
        // Both read after the lock: a call counted earlier than it is made would leave its window too soon. The monotonic clock
        // first, so that a decision is never younger than it says.
        long nanos = nanoTime.getAsLong();
        Instant now = time.instant();
        Quota quota = quotas.get(kind);
        Use use = use(kind, List.of(quotaKey), now).get(quotaKey);
        if (use.lastAt != null && use.lastAt.isAfter(now)) {
            sql.statement("clamp-calls").param("quota_key", quotaKey).param("kind", kind.label()).param("now", sql.time(now)).update();
            use = use(kind, List.of(quotaKey), now).get(quotaKey);
        }
        Instant roomAt = pausedUntil;
        if (use.inMinute >= quota.perMinute()) {
            roomAt = later(roomAt, roomAt(kind, quotaKey, use.lastNo - quota.perMinute(), quota.minutePeriod(), now));
        }
        if (use.inHour >= quota.perHour()) {
            roomAt = later(roomAt, roomAt(kind, quotaKey, use.lastNo - quota.perHour(), quota.hourPeriod(), now));
        }
        if (roomAt.isAfter(now)) {
            return QuotaDecision.refused(roomAt, now);
        }
        Duration guarded = guards.get(kind).take(quotaKey, nanos);
        if (!guarded.isZero()) {
            return QuotaDecision.refused(now.plus(guarded), now);
        }
        sql.statement("add-call").param("quota_key", quotaKey).param("kind", kind.label())
                .param("now", sql.time(now)).param("call_no", use.lastNo + 1).update();
        return QuotaDecision.granted(nanos);
    }

    /** How many calls the windows have room for at this moment, pauses left aside; reads only. */
    public int room(CallKind kind, String quotaKey) {
        return rooms(kind, List.of(quotaKey), time.instant()).get(quotaKey);
    }

    /** How much of the quota is used at this moment, pauses left aside; reads only. */
    public QuotaUse use(CallKind kind, String quotaKey) {
        Instant now = time.instant();
        Quota quota = quotas.get(kind);
        Use use = use(kind, List.of(quotaKey), now).getOrDefault(quotaKey, Use.NONE);
        Instant roomAt = now;
        if (use.inMinute >= quota.perMinute()) {
            roomAt = later(roomAt, roomAt(kind, quotaKey, use.lastNo - quota.perMinute(), quota.minutePeriod(), now));
        }
        if (use.inHour >= quota.perHour()) {
            roomAt = later(roomAt, roomAt(kind, quotaKey, use.lastNo - quota.perHour(), quota.hourPeriod(), now));
        }
        return new QuotaUse(quota, (int) use.inMinute, (int) use.inHour, roomAt.isAfter(now) ? roomAt : null);
    }

    /** The calls that several quotas have room for at this moment, by their keys; reads only. */
    public Map<String, Integer> rooms(CallKind kind, Collection<String> quotaKeys) {
        return rooms(kind, Set.copyOf(quotaKeys), time.instant());
    }

    /** The room of several quotas, by their keys. */
    Map<String, Integer> rooms(CallKind kind, Collection<String> quotaKeys, Instant now) {
        Quota quota = quotas.get(kind);
        Map<String, Use> uses = use(kind, quotaKeys, now);
        Map<String, Integer> rooms = new HashMap<>();
        for (String key : quotaKeys) {
            Use use = uses.getOrDefault(key, Use.NONE);
            rooms.put(key, (int) Math.max(0, Math.min(quota.perMinute() - use.inMinute, quota.perHour() - use.inHour)));
        }
        return rooms;
    }

    private Map<String, Use> use(CallKind kind, Collection<String> quotaKeys, Instant now) {
        Quota quota = quotas.get(kind);
        Map<String, Use> uses = new HashMap<>();
        sql.statement("quota-use").param("kind", kind.label()).param("quota_keys", quotaKeys)
                .param("minute_since", sql.time(now.minus(quota.minutePeriod())))
                .param("hour_since", sql.time(now.minus(quota.hourPeriod())))
                .query(row -> {
                    long last = row.getLong("last_no");
                    long minuteFirst = row.getLong("minute_first");
                    long hourFirst = row.getLong("hour_first");
                    uses.put(row.getString("quota_key"), new Use(last, sql.rows().time(row, "last_at"),
                            minuteFirst == 0 ? 0 : last - minuteFirst + 1, hourFirst == 0 ? 0 : last - hourFirst + 1));
                });
        return uses;
    }

    /** When the call leaves the window that has to leave it before there is room. */
    private Instant roomAt(CallKind kind, String quotaKey, long afterNo, Duration period, Instant now) {
        return sql.statement("earlier-call").param("quota_key", quotaKey).param("kind", kind.label())
                .param("since", sql.time(now.minus(period))).param("after_no", afterNo)
                .query((row, number) -> sql.rows().time(row, "called_at").plus(period)).single();
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
        sql.transaction(() -> sql.statement("pause")
                .param("tenant", tenant).param("until", sql.time(until)).param("reason", Text.clean(reason, 500)).update());
    }

    /** Ends all pauses whose reason begins so: what they were about may be fixed. */
    public void endPauses(String reason) {
        sql.transaction(() -> sql.statement("end-pauses").param("reason", reason + "%").update());
    }

    /** The tenants that are paused at this moment. */
    public List<TenantPause> pauses() {
        return sql.statement("pauses").param("now", sql.time(time.instant())).query((row, number) -> new TenantPause(
                row.getString("name"), sql.rows().time(row, "paused_until"), row.getString("pause_reason"))).list();
    }

    private Instant pausedUntil(String tenant) {
        return sql.statement("paused-until").param("tenant", tenant)
                .query((row, number) -> {
                    Instant until = sql.rows().time(row, "paused_until");
                    return until == null ? Instant.MIN : until;
                }).optional().orElse(Instant.MIN);
    }

    /** Not inside a transaction: its rollback would not be noticed. */
    private void addRow(String quotaKey) {
        if (!known.contains(quotaKey)) {
            sql.transaction(() -> sql.statement("add-quota").param("quota_key", quotaKey).update());
            known.add(quotaKey);
        }
    }

    private void lock(String quotaKey) {
        sql.statement("lock-quota").param("quota_key", quotaKey).query(String.class).single();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private record Use(long lastNo, Instant lastAt, long inMinute, long inHour) {

        static final Use NONE = new Use(0, null, 0, 0);
    }
}
