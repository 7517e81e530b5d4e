package io.liveresponse.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Runs and their devices. Every change names the attempt that it is about and does nothing if another has begun since, so a late
 * answer, a second node or a repetition changes nothing. When a method returns, the change is on the disk. Thread-safe.
 */
public final class RunLedger {

    private static final int MAX_REASON = 2000;

    private final Sql sql;
    private final InstantSource time;
    private final TenantRows tenants;
    private final Set<String> knownQuotas = ConcurrentHashMap.newKeySet();

    RunLedger(Sql sql, InstantSource time, TenantRows tenants) {
        this.sql = sql;
        this.time = time;
        this.tenants = tenants;
    }

    /**
     * Records a run.
     *
     * @return false if a run of that id is known; it stays as it is
     */
    public boolean add(NewRun run) {
        tenants.add(List.of(run.tenant()));
        return sql.transaction(() -> {
            Object now = sql.time(time.instant());
            boolean fresh = sql.statement("add-run").param("run_id", run.runId()).param("tenant", run.tenant())
                    .param("commands", run.commands())
                    .param("script_name", Text.clean(run.scriptName(), 500)).param("script_sha256", run.scriptSha256())
                    .param("comment", Text.clean(run.comment(), 1000)).param("now", now).param("deadline", sql.time(run.deadline()))
                    .update() == 1;
            if (fresh) {
                List<Map<String, Object>> rows = new ArrayList<>();
                for (NewRun.Device device : run.devices()) {
                    Map<String, Object> row = new HashMap<>();
                    row.put("run_id", run.runId());
                    row.put("machine_id", device.machineId());
                    row.put("device_no", rows.size() + 1);
                    row.put("device_name", Text.clean(device.name(), 500));
                    row.put("state", device.refusal() == null ? "waiting" : "ended");
                    row.put("now", now);
                    row.put("ended_as", device.refusal() == null ? null : RunEnd.REFUSED.label());
                    row.put("reason", Text.clean(device.refusal(), MAX_REASON));
                    row.put("ended_at", device.refusal() == null ? null : now);
                    rows.add(row);
                }
                sql.updateAll("add-run-device", rows);
            }
            return fresh;
        });
    }

    /** Devices that are due, those that were started least often first. */
    public List<RunDevice> due(Collection<String> ofTenants, int most) {
        return most < 1 || ofTenants.isEmpty()
                ? List.of()
                : devices(
                        """
                                where d.state = 'waiting' and d.next_attempt_at <= :now and r.tenant in (:tenants) and r.stop_reason is null and r.deadline > :now
                                order by d.starts, r.created_at, d.device_no limit :most""")
                        .param("now", sql.time(time.instant())).param("tenants", ofTenants).param("most", most).query(this::device).list();
    }

    /** The tenants with a run that may start devices. */
    public Set<String> startingTenants() {
        return Set.copyOf(sql.statement("starting-tenants").param("now", sql.time(time.instant())).query(String.class).list());
    }

    /** Commits several changes at once; each must have no effect but on the ledger, since a deadlock repeats them. */
    public void together(Runnable changes) {
        sql.transaction(() -> {
            changes.run();
            return true;
        });
    }

    /** How many actions of the tenants have not ended, or may have been started. */
    public int sessions(Collection<String> ofTenants) {
        return sql.statement("open-sessions").param("tenants", ofTenants).query(Integer.class).single();
    }

    /**
     * Commits that the call to start a device begins, right before it is made.
     *
     * @param quotaKey   the tenant's id at the API
     * @param ofTenants  all names of the settings that stand for it
     * @param mostOpen   the most sessions of the tenant; none is begun beyond
     * @param commentKey what the call's comment will hold; differs from that of every other call
     * @return the device as it is now; empty if another has begun it, it has ended, or no session is free
     */
    public Optional<RunDevice> begin(RunDevice device, String quotaKey, Collection<String> ofTenants, int mostOpen, String commentKey) {
        if (!knownQuotas.contains(quotaKey)) {
            sql.transaction(() -> sql.statement("add-quota").param("quota_key", quotaKey).update());
            knownQuotas.add(quotaKey);
        }
        return sql.transaction(() -> {
            sql.statement("lock-quota").param("quota_key", quotaKey).query(String.class).single();
            boolean begun = sessions(ofTenants) < mostOpen && sql.statement("begin-start").param("run_id", device.runId())
                    .param("machine_id", device.machineId()).param("starts", device.starts()).param("comment_key", commentKey)
                    .param("now", sql.time(time.instant())).update() == 1;
            return begun ? Optional.of(device(device.runId(), device.machineId())) : Optional.empty();
        });
    }

    /** The API has the action of this attempt. */
    public boolean started(RunDevice device, String machineActionId, Instant createdAt, String status) {
        return change("device-started", device, device.commentKey(), Map.of("machine_action_id", machineActionId.toLowerCase(Locale.ROOT),
                "action_created_at", sql.time(createdAt), "action_status", Text.clean(status, 40)));
    }

    /** The status of a running action as the API says it. */
    public boolean seen(RunDevice device, String status) {
        return change("device-seen", device, device.commentKey(), Map.of("action_status", Text.clean(status, 40)));
    }

    /**
     * Puts a device back into the queue; only if it is proved that the attempt started nothing, or that its action ended before a
     * command began.
     *
     * @param lateEnd how it ends if the deadline passes before it is started again
     */
    public boolean waitAgain(RunDevice device, String reason, Instant next, RunEnd lateEnd) {
        return change("device-waits", device, device.commentKey(), Map.of("reason", Text.clean(reason, MAX_REASON),
                "next_attempt_at", sql.time(next), "late_end", lateEnd.label()));
    }

    /** Takes back an attempt whose call never left this process; the next one has the same key. */
    public boolean unsent(RunDevice device, String reason, Instant next) {
        return change("device-unsent", device, device.commentKey(),
                Map.of("reason", Text.clean(reason, MAX_REASON), "next_attempt_at", sql.time(next)));
    }

    /** Ends a device, once. */
    public boolean end(RunDevice device, RunEnd end, String reason) {
        Map<String, Object> values = new HashMap<>();
        values.put("ended_as", end.label());
        values.put("reason", Text.clean(reason, MAX_REASON));
        values.put("starts", device.starts());
        values.put("now", sql.time(time.instant()));
        return sql.transaction(() -> sql.statement("device-ends").param("run_id", device.runId()).param("machine_id", device.machineId())
                .params(values).update() == 1);
    }

    /** Commits that this product asks to cancel the action of a device. */
    public boolean cancelAsked(RunDevice device, String reason) {
        return change("device-cancel", device, device.commentKey(), Map.of("cancel_reason", reason, "now", sql.time(time.instant())));
    }

    /** Devices whose action has not ended, or may have been started; in the order of their start. */
    public List<RunDevice> open(String tenant) {
        return devices("where d.state in ('starting', 'running') and r.tenant = :tenant order by d.attempt_began_at, d.device_no")
                .param("tenant", tenant).query(this::device).list();
    }

    /** Devices that wait past the deadline of their run, or in a run that has stopped. */
    public List<RunDevice> late(String tenant, int most) {
        return devices("""
                where d.state = 'waiting' and r.tenant = :tenant and (r.deadline <= :now or r.stop_reason is not null)
                order by d.device_no limit :most""").param("tenant", tenant).param("now", sql.time(time.instant())).param("most", most)
                .query(this::device).list();
    }

    /** How many devices of the tenant wait that were never started. */
    public int fresh(String tenant) {
        return sql.client().sql("""
                select count(*) from run_device d join run r on r.run_id = d.run_id
                where d.state = 'waiting' and d.starts = 0 and r.tenant = :tenant and r.stop_reason is null""")
                .param("tenant", tenant).query(Integer.class).single();
    }

    /**
     * Starts no further device of the run. Devices that wait end at once; actions that have not ended are cancelled by the service.
     *
     * @return false if the run is unknown, has ended or has stopped before
     */
    public boolean stop(String runId, String reason) {
        return sql.transaction(() -> {
            Object now = sql.time(time.instant());
            String clean = Text.clean(reason, 1000);
            boolean stopped = sql.statement("stop-run").param("run_id", runId).param("reason", clean)
                    .param("stop_as", RunEnd.CANCELLED.label()).update() == 1;
            if (stopped) {
                sql.statement("end-waiting").param("run_id", runId).param("ended_as", RunEnd.CANCELLED.label()).param("reason", clean)
                        .param("now", now).update();
            }
            return stopped;
        });
    }

    /** The running runs of a tenant that a device refused because the script's hash is another (exit code 323). */
    public List<String> refusedByHash(String tenant) {
        return sql.statement("hash-refused").param("tenant", tenant).query(String.class).list();
    }

    /** Runs, newest first. */
    public List<RunRecord> runs(int most) {
        return withEnds(sql.client().sql(sql.text("runs") + " group by r.run_id order by r.created_at desc, r.run_id limit :most")
                .param("most", most).query(this::run).list());
    }

    /** Runs of the tenants that have not ended. */
    public List<RunRecord> running(Collection<String> ofTenants) {
        return ofTenants.isEmpty()
                ? List.of()
                : withEnds(sql.client()
                        .sql(sql.text("runs")
                                + " where r.state = 'running' and r.tenant in (:tenants) group by r.run_id order by r.created_at, r.run_id")
                        .param("tenants", ofTenants).query(this::run).list());
    }

    public Optional<RunRecord> find(String runId) {
        return withEnds(sql.client().sql(sql.text("runs") + " where r.run_id = :run_id group by r.run_id").param("run_id", runId)
                .query(this::run).list()).stream().findFirst();
    }

    /**
     * Devices of a run in their order.
     *
     * @param after the {@link RunDevice#number()} of the last device that is known; 0 for the first ones
     */
    public List<RunDevice> devices(RunRecord run, int after, int most) {
        return devices("where d.run_id = :run_id and d.device_no > :after order by d.device_no limit :most")
                .param("run_id", run.runId()).param("after", after).param("most", most).query(this::device).list();
    }

    /** The hash of a script that the action runs for a run; empty if no run started the action or its run is not fixed to a hash. */
    public Optional<String> scriptSha256(String tenant, String machineActionId, String scriptName) {
        return sql.statement("script-sha256").param("tenant", tenant).param("machine_action_id", machineActionId)
                .param("script_name", scriptName).query(String.class).optional();
    }

    /** How many results of the run are neither delivered nor dead-lettered. */
    public int unsettled(RunRecord run) {
        return sql.statement("unsettled-results").param("tenant", run.tenant()).param("run_id", run.runId()).query(Integer.class).single();
    }

    /** The results of those of the devices that ran, by device and command; the devices follow each other in the run. */
    public List<RunResultRow> results(RunRecord run, List<RunDevice> of) {
        if (of.isEmpty()) {
            return List.of();
        }
        return sql.statement("run-results").param("tenant", run.tenant()).param("run_id", run.runId())
                .param("first", of.get(0).number()).param("last", of.get(of.size() - 1).number()).query((row, number) -> {
                    return new RunResultRow(row.getString("machine_id"), row.getInt("command_index"), row.getString("command_type"),
                            Rows.outcome(row), Rows.integer(row, "exit_code"), row.getString("error_code"), row.getString("error_text"));
                }).list();
    }

    /** Ends a run whose devices have ended, once. */
    public boolean finish(String runId, RunState state) {
        return sql.transaction(() -> sql.statement("end-run").param("run_id", runId).param("state", state.label())
                .param("now", sql.time(time.instant())).update() == 1);
    }

    private boolean change(String statement, RunDevice device, String commentKey, Map<String, Object> values) {
        return sql.transaction(() -> sql.statement(statement).param("run_id", device.runId()).param("machine_id", device.machineId())
                .param("comment_key", commentKey).params(values).update() == 1);
    }

    private RunDevice device(String runId, String machineId) {
        return devices("where d.run_id = :run_id and d.machine_id = :machine_id").param("run_id", runId).param("machine_id", machineId)
                .query(this::device).single();
    }

    private StatementSpec devices(String where) {
        return sql.client().sql(sql.text("run-devices") + where);
    }

    private List<RunRecord> withEnds(List<RunRecord> runs) {
        if (runs.isEmpty()) {
            return runs;
        }
        Map<String, Map<RunEnd, Integer>> ends = new HashMap<>();
        sql.statement("run-ends").param("run_ids", Set.copyOf(runs.stream().map(RunRecord::runId).toList())).query(row -> {
            ends.computeIfAbsent(row.getString("run_id"), id -> new EnumMap<>(RunEnd.class))
                    .put(RunEnd.of(row.getString("ended_as")), row.getInt("devices"));
        });
        return runs.stream()
                .map(run -> new RunRecord(run.runId(), run.tenant(), run.commands(), run.scriptName(), run.scriptSha256(), run.comment(),
                        run.state(), run.createdAt(), run.deadline(), run.stopReason(), run.endedAt(), run.devices(), run.waiting(),
                        run.open(),
                        ends.getOrDefault(run.runId(), Map.of())))
                .toList();
    }

    private RunRecord run(ResultSet row, int number) throws SQLException {
        return new RunRecord(row.getString("run_id"), row.getString("tenant"), row.getString("commands"), row.getString("script_name"),
                row.getString("script_sha256"), row.getString("comment"), RunState.of(row.getString("state")),
                sql.rows().time(row, "created_at"),
                sql.rows().time(row, "deadline"), row.getString("stop_reason"), sql.rows().time(row, "ended_at"), row.getInt("devices"),
                row.getInt("waiting"), row.getInt("open"), Map.of());
    }

    private RunDevice device(ResultSet row, int number) throws SQLException {
        Rows rows = sql.rows();
        return new RunDevice(row.getString("run_id"), row.getString("tenant"), row.getString("commands"), row.getString("comment"),
                rows.time(row, "deadline"), row.getString("stop_reason"), RunEnd.of(row.getString("stop_as")), row.getString("machine_id"),
                row.getInt("device_no"), row.getString("device_name"), row.getString("state"), row.getInt("starts"),
                row.getString("comment_key"),
                rows.time(row, "attempt_began_at"), row.getString("machine_action_id"), rows.time(row, "action_created_at"),
                row.getString("action_status"), row.getString("cancel_reason"), rows.time(row, "cancel_asked_at"),
                RunEnd.of(row.getString("late_end")), RunEnd.of(row.getString("ended_as")), row.getString("reason"),
                rows.time(row, "ended_at"));
    }
}
