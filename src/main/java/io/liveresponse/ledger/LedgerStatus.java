package io.liveresponse.ledger;

import io.liveresponse.model.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What operators see at a glance, for all nodes. Thread-safe; every method reads only. */
public final class LedgerStatus {

    private static final Set<String> NEED_A_LINK = Set.of("fresh", "retry", "action");

    private final Sql sql;
    private final CallQuota quota;

    LedgerStatus(Sql sql, CallQuota quota) {
        this.sql = sql;
        this.quota = quota;
    }

    /** A run of a node that holds leases. */
    public record NodeLeases(String owner, long leases, Instant until) {
    }

    /** When a sink last got a result. */
    public record SinkSuccess(String sink, Instant at) {
    }

    /** Results that ended with one outcome. */
    public record OutcomeCount(Outcome outcome, long results) {
    }

    /** Requests of one tenant in one lane. */
    private record Lane(String name, String tenant, long requests) {
    }

    /**
     * The tenants, by name. Reads indexes only, as far as the database can.
     *
     * @param quotaKeys the tenant id of each tenant, by its name
     */
    public List<TenantStatus> tenants(Map<String, String> quotaKeys, Instant now) {
        List<Lane> lanes = sql.statement("lanes")
                .query((row, number) -> new Lane(row.getString("lane"), row.getString("tenant"), row.getLong("requests"))).list();
        Map<String, Long> dead = sql.statement("dead-by-tenant")
                .query((row, number) -> Map.entry(row.getString("tenant"), row.getLong("requests"))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<TenantPause> pauses = quota.pauses();
        return quotaKeys.keySet().stream().sorted().map(tenant -> {
            long claimed = sum(lanes, tenant, Set.of("claimed"));
            long ended = sum(lanes, tenant, Set.of("ended"));
            long backlog = sum(lanes, tenant, NEED_A_LINK);
            return new TenantStatus(tenant, backlog + sum(lanes, tenant, Set.of("deliver")), claimed, ended - dead.getOrDefault(tenant, 0L),
                    dead.getOrDefault(tenant, 0L), backlog, quota.use(CallKind.LINK, quotaKeys.get(tenant)),
                    pauses.stream().filter(pause -> pause.tenant().equals(tenant) && pause.until().isAfter(now)).findFirst().orElse(null),
                    now);
        }).toList();
    }

    private static long sum(List<Lane> lanes, String tenant, Set<String> names) {
        return lanes.stream().filter(lane -> lane.tenant().equals(tenant) && names.contains(lane.name())).mapToLong(Lane::requests).sum();
    }

    /** The runs that hold leases, by name. */
    public List<NodeLeases> nodes() {
        return sql.statement("node-leases").query((row, number) -> new NodeLeases(row.getString("lease_owner"), row.getLong("leases"),
                sql.rows().time(row, "until"))).list();
    }

    /** The sinks that ever got a result, by name. */
    public List<SinkSuccess> sinks() {
        return sql.statement("sink-successes").query((row, number) -> new SinkSuccess(row.getString("sink"), sql.rows().time(row, "at")))
                .list();
    }

    /** The results that were delivered since then, the most frequent outcome first. */
    public List<OutcomeCount> outcomes(Instant since) {
        return sql.statement("outcomes-since").param("since", sql.time(since))
                .query((row, number) -> new OutcomeCount(Rows.outcome(row), row.getLong("results"))).list();
    }
}
