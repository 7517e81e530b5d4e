package io.liveresponse.ledger;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.ResultKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
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

    Settlement(Sql sql, EventLog events, InstantSource time) {
        this.sql = sql;
        this.events = events;
        this.time = time;
    }

    /** What the API says of the action behind a request. */
    public boolean described(ResultKey key, String owner, ActionFacts action) {
        return sql.transaction(() -> sql.update("describe", new Params().key(key).text("owner", owner).action(action)) == 1);
    }

    /** There is nothing left to fetch: only deliveries are missing. The attempts are counted anew. */
    public boolean fetched(ResultKey key, String owner, FetchedFacts facts) {
        Params params = new Params()
                .text("outcome", facts.outcome().label()).number("exit_code", facts.exitCode())
                .text("script_name", facts.scriptName()).text("sha256", facts.sha256())
                .number("size_bytes", facts.sizeBytes()).text("spool_path", facts.spoolPath()).text("offered_file_name", facts.offeredFileName())
                .time("received_at", facts.receivedAt());
        return settle("fetched", key, owner, params, EventKind.FETCHED, facts.outcome().label());
    }

    /**
     * One sink has the result. Guarded by no owner, since it tells what has happened and cannot be undone; a repetition
     * changes nothing.
     *
     * @param sink      the sink's name, at most 64 characters
     * @param reference the sink's own word for it (path, ticket number, message id), free of secrets, or null
     */
    public void delivered(ResultKey key, String sink, String reference) {
        sql.transaction(() -> {
            Instant now = time.instant();
            Params params = new Params().key(key).time("now", now)
                    .text("sink", sink).text("reference", Text.clean(reference, MAX_REFERENCE));
            int changed = sql.update("deliver-again", params) + sql.update("deliver-first", params);
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
        return sql.query("deliveries", new Params().key(key), Rows::delivery);
    }

    /** Everything is done; the last error is forgotten, but for the timeline. */
    public boolean settleDelivered(ResultKey key, String owner) {
        return settle("settle-delivered", key, owner, new Params(), EventKind.DELIVERED, null);
    }

    /** It failed and is due again at the given time. Counts as an attempt. */
    public boolean retryAt(ResultKey key, String owner, Instant at, RequestError error) {
        return settle("retry", key, owner, new Params().time("next_attempt_at", at).error(error), EventKind.RETRY, detail(error));
    }

    /**
     * It has to wait, for room in the quota or the end of a pause, without having failed. Does not count as an attempt.
     *
     * @param reason for the timeline
     */
    public boolean postpone(ResultKey key, String owner, Instant until, String reason) {
        return settle("postpone", key, owner, new Params().time("next_attempt_at", until), EventKind.POSTPONED, reason);
    }

    /** It failed for good. */
    public boolean dead(ResultKey key, String owner, RequestError error) {
        return settle("dead", key, owner, new Params().error(error), EventKind.DEAD, detail(error));
    }

    private boolean settle(String statement, ResultKey key, String owner, Params params, EventKind kind, String detail) {
        return sql.transaction(() -> {
            Instant now = time.instant();
            boolean held = sql.update(statement, params.key(key).text("owner", owner).time("now", now)) == 1;
            if (held) {
                events.add(key, now, kind, detail);
            }
            return held;
        });
    }

    private static String detail(RequestError error) {
        return error.text() == null ? error.code().name() : error.code() + " " + error.text();
    }
}
