package io.liveresponse.ledger;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.ResultKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What became of a claimed request. Every method that takes an owner changes nothing and returns false where that owner does
 * not hold the request any more, so that a node that lost its lease overwrites nobody's work. Thread-safe.
 */
public final class Settlement {

    private static final int MAX_REFERENCE = 2000;

    private final Sql sql;
    private final EventLog events;
    private final InstantSource time;
    private final ForeignAttempts foreign;

    Settlement(Sql sql, EventLog events, InstantSource time, LongSupplier nanoTime) {
        this.sql = sql;
        this.events = events;
        this.time = time;
        this.foreign = new ForeignAttempts(nanoTime);
    }

    /** What the API says of the action behind a request. */
    public boolean described(ResultKey key, String owner, ActionFacts action) {
        return sql.transaction(() -> sql.statement("describe", key).param("owner", owner)
                .params(Rows.action(action)).param("action_created_at", sql.time(action.createdAt())).update() == 1);
    }

    /** There is nothing left to fetch: only deliveries are missing. The attempts are counted anew, unless it was fetched before. */
    public boolean fetched(ResultKey key, String owner, FetchedFacts facts) {
        Map<String, Object> params = new HashMap<>();
        params.put("outcome", facts.outcome().label());
        params.put("exit_code", facts.exitCode());
        params.put("script_name", facts.scriptName());
        params.put("sha256", facts.sha256());
        params.put("size_bytes", facts.sizeBytes());
        params.put("spool_path", facts.spoolPath());
        params.put("spool_node", facts.node());
        params.put("offered_file_name", facts.offeredFileName());
        params.put("received_at", sql.time(facts.receivedAt()));
        return settle("fetched", key, owner, params, EventKind.FETCHED, facts.outcome().label());
    }

    /**
     * Fences a sink's call: renews the request's lease and records that the attempt began, both on the disk when this returns.
     * Of two runs that hold the same request one after the other, the later one waits until the earlier one's call has either
     * arrived or can arrive no more. It counts from when this process first saw the attempt, so that no step of the ledger's clock
     * shortens the wait.
     *
     * @param sink       the sink's name, at most 64 characters
     * @param lease      how long the request is held from now on
     * @param staleAfter the time-out of the sink's call plus the time after which a lookup at the sink finds what was created
     * @throws LeaseLostException if the owner does not hold the request any more; then nothing is recorded
     */
    public DeliveryAttempt begin(ResultKey key, String sink, String owner, Duration lease, Duration staleAfter) {
        return sql.transaction(() -> {
            Instant now = time.instant();
            if (sql.statement("renew-one", key).param("owner", owner).param("lease_end", sql.time(now.plus(lease))).update() == 0) {
                throw new LeaseLostException(key);
            }
            DeliveryAttempt attempt = sql.statement("find-delivery", key).param("sink", sink)
                    .query((row, number) -> attempt(row, key, sink, owner, now, staleAfter)).optional()
                    .orElse(new DeliveryAttempt(DeliveryAttempt.Decision.BEGIN, null, null, null));
            if (attempt.decision() == DeliveryAttempt.Decision.BEGIN) {
                sql.statement("begin-attempt", key).param("sink", sink).param("owner", owner).param("now", sql.time(now)).update();
            }
            return attempt;
        });
    }

    private DeliveryAttempt attempt(ResultSet row, ResultKey key, String sink, String owner, Instant now, Duration staleAfter)
            throws SQLException {
        String reference = row.getString("reference");
        Instant began = sql.rows().time(row, "attempt_began_at");
        if (sql.rows().time(row, "delivered_at") != null) {
            return new DeliveryAttempt(DeliveryAttempt.Decision.DELIVERED, reference, null, null);
        }
        String other = row.getString("attempt_owner");
        if (began != null && !owner.equals(other) && !staleAfter.isZero()) {
            Duration left = staleAfter.minus(foreign.knownFor(new ForeignAttempts.Attempt(key, sink, other, began)));
            if (!left.isNegative() && !left.isZero()) {
                return new DeliveryAttempt(DeliveryAttempt.Decision.WAIT, reference, now.plus(left), began);
            }
        }
        return new DeliveryAttempt(DeliveryAttempt.Decision.BEGIN, reference, null, began);
    }

    /** The call of {@link #begin} provably sent nothing, such as for want of a connection: nobody has to wait for its outcome. */
    public void notSent(ResultKey key, String sink, String owner) {
        sql.transaction(() -> {
            sql.statement("drop-attempt", key).param("sink", sink).param("owner", owner).update();
            return sql.statement("end-attempt", key).param("sink", sink).param("owner", owner).update();
        });
    }

    /**
     * One sink has the result. Guarded by no owner, since it tells what has happened and cannot be undone; a repetition
     * changes nothing, and a result that the ledger does not know leaves no record.
     *
     * @param sink      the sink's name, at most 64 characters
     * @param reference the sink's own word for it (path, ticket number, message id), free of secrets, or null
     */
    public void delivered(ResultKey key, String sink, String reference) {
        sql.transaction(() -> {
            Instant now = time.instant();
            int changed = sql.statement("delivered", key).param("now", sql.time(now))
                    .param("sink", sink).param("reference", Text.clean(reference, MAX_REFERENCE)).update();
            if (changed > 0) {
                events.add(key, now, EventKind.SINK_DELIVERED, reference == null ? sink : sink + " " + reference);
            }
            return changed;
        });
    }

    /** The sinks that have the result and are not to be asked again. */
    public Set<String> deliveredSinks(ResultKey key) {
        return deliveries(key).stream().filter(delivery -> delivery.deliveredAt() != null)
                .map(Delivery::sink).collect(Collectors.toSet());
    }

    /** All that sinks said of the result, also before a replay. */
    public List<Delivery> deliveries(ResultKey key) {
        return sql.statement("deliveries", key).query(sql.rows()::delivery).list();
    }

    /** Everything is done; the last error is forgotten, but for the timeline. */
    public boolean settleDelivered(ResultKey key, String owner) {
        return settle("settle-delivered", key, owner, Map.of(), EventKind.DELIVERED, null);
    }

    /** It failed and is due again at the given time. Counts as an attempt. */
    public boolean retryAt(ResultKey key, String owner, Instant at, RequestError error) {
        return settle("retry", key, owner, dueAt(at, error), EventKind.RETRY, detail(error));
    }

    /**
     * It has to wait, for room in the quota or the end of a pause, without having failed. Does not count as an attempt.
     *
     * @param reason for the timeline
     */
    public boolean postpone(ResultKey key, String owner, Instant until, String reason) {
        return settle("postpone", key, owner, Map.of("next_attempt_at", sql.time(until)), EventKind.POSTPONED, reason);
    }

    /** It failed for good. */
    public boolean dead(ResultKey key, String owner, RequestError error) {
        return settle("dead", key, owner, error(error), EventKind.DEAD, detail(error));
    }

    private boolean settle(String statement, ResultKey key, String owner, Map<String, Object> params, EventKind kind, String detail) {
        return sql.transaction(() -> {
            Instant now = time.instant();
            boolean held = sql.statement(statement, key).params(params).param("owner", owner).param("now", sql.time(now)).update() == 1;
            if (held) {
                events.add(key, now, kind, detail);
            }
            return held;
        });
    }

    private Map<String, Object> dueAt(Instant at, RequestError error) {
        Map<String, Object> params = error(error);
        params.put("next_attempt_at", sql.time(at));
        return params;
    }

    private static Map<String, Object> error(RequestError error) {
        Map<String, Object> params = new HashMap<>();
        params.put("error_stage", error.stage().name());
        params.put("error_code", error.code().name());
        params.put("error_text", error.text());
        params.put("error_target", error.target());
        return params;
    }

    private static String detail(RequestError error) {
        return error.text() == null ? error.code().name() : error.code() + " " + error.text();
    }
}
