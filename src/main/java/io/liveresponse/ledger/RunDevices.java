package io.liveresponse.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The devices of runs. Every change names the attempt that it is about and does nothing if another has begun since, so a late answer, a
 * second node or a repetition changes nothing. When a method returns, the change is on the disk. Thread-safe.
 */
public final class RunDevices {

    static final int MAX_REASON = 2000;

    private final Sql sql;
    private final InstantSource time;
    private final Set<String> knownQuotas = ConcurrentHashMap.newKeySet();

    RunDevices(Sql sql, InstantSource time) {
        this.sql = sql;
        this.time = time;
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
     * Devices of a run in their order.
     *
     * @param after the {@link RunDevice#number()} of the last device that is known; 0 for the first ones
     */
    public List<RunDevice> of(RunRecord run, int after, int most) {
        return devices("where d.run_id = :run_id and d.device_no > :after order by d.device_no limit :most")
                .param("run_id", run.runId()).param("after", after).param("most", most).query(this::device).list();
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
