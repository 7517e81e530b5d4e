package io.liveresponse.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs. When a method returns, the change is on the disk. Thread-safe. */
public final class RunLedger {

    private final Sql sql;
    private final InstantSource time;
    private final TenantRows tenants;
    private final RunDevices devices;

    RunLedger(Sql sql, InstantSource time, TenantRows tenants) {
        this.sql = sql;
        this.time = time;
        this.tenants = tenants;
        this.devices = new RunDevices(sql, time);
    }

    /** The devices of all runs. */
    public RunDevices devices() {
        return devices;
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
                    row.put("reason", Text.clean(device.refusal(), RunDevices.MAX_REASON));
                    row.put("ended_at", device.refusal() == null ? null : now);
                    rows.add(row);
                }
                sql.updateAll("add-run-device", rows);
            }
            return fresh;
        });
    }

    /** The tenants with a run that may start devices. */
    public Set<String> startingTenants() {
        return Set.copyOf(sql.statement("starting-tenants").param("now", sql.time(time.instant())).query(String.class).list());
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
}
