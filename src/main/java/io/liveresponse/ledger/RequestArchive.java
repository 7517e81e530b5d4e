package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What people, metrics and housekeeping ask of the ledger. Thread-safe. */
public final class RequestArchive {

    private static final int CHUNK = 500;

    /** Room for a clock that was set back, beyond the longest window. */
    private static final Duration SLACK = Duration.ofHours(1);

    private final Sql sql;
    private final EventLog events;
    private final InstantSource time;
    private final Duration longestWindow;

    RequestArchive(Sql sql, EventLog events, InstantSource time, Duration longestWindow) {
        this.sql = sql;
        this.events = events;
        this.time = time;
        this.longestWindow = longestWindow;
    }

    /**
     * The requests that the filter lets through, newest first.
     *
     * @param beforeNo the {@link RequestRecord#acceptedNo} of the last one seen, or null for the newest
     * @param max      at least 1
     */
    public List<RequestRecord> list(RequestFilter filter, Long beforeNo, int max) {
        return sql.statement("list")
                .param("before_no", beforeNo).param("max", max)
                .param("in_tenant", filter.tenant()).param("in_state", filter.state() == null ? null : filter.state().label())
                .param("with_outcome", filter.outcome() == null ? null : filter.outcome().label())
                .param("of_script", filter.script()).param("on_device", filter.device()).param("of_run", filter.run())
                .param("with_error", filter.error() == null ? null : filter.error().name())
                .param("since", sql.time(filter.since())).param("until", sql.time(filter.until()))
                .query(sql.rows()::request).list();
    }

    /** Everything about one request; empty where there is none. */
    public Optional<Timeline> show(ResultKey key) {
        return sql.statement("find", key).query(sql.rows()::request).optional().map(request -> new Timeline(request,
                sql.statement("deliveries", key).query(sql.rows()::delivery).list(),
                sql.statement("events", key).query(sql.rows()::event).list()));
    }

    /**
     * Makes a request due again, with its attempts and last error forgotten.
     *
     * <p>What this means for sinks that have the result already: where the request is dead or due, they are left alone and
     * only what is missing is delivered. Where it is delivered, or is fetched again so that the bytes may differ, every sink
     * is asked again; but the sinks' references stay ({@link Settlement#deliveries}), and a sink that opens things, such as
     * a ticket system, has to use its reference instead of opening another.
     *
     * @param fetchAgain true to forget what was fetched and call Defender; false to route from the kept bytes, which for a
     *                   request that never got that far means to go on with fetching
     */
    public ReplayAnswer replay(ResultKey key, boolean fetchAgain) {
        return sql.transaction(() -> {
            Optional<RequestRecord> found = sql.statement("find-for-replay", key).query(sql.rows()::request).optional();
            return found.map(request -> replay(request, fetchAgain)).orElse(ReplayAnswer.UNKNOWN);
        });
    }

    private ReplayAnswer replay(RequestRecord request, boolean fetchAgain) {
        Instant now = time.instant();
        FetchedFacts fetched = request.fetched();
        if (request.state() == RequestState.CLAIMED && request.leaseEnd().isAfter(now)) {
            return ReplayAnswer.BUSY;
        }
        if (!fetchAgain && fetched != null && fetched.sha256() != null && fetched.spoolPath() == null) {
            return ReplayAnswer.BYTES_NOT_KEPT;
        }
        if (fetchAgain) {
            sql.statement("forget-fetched", request.key()).update();
        }
        if (fetchAgain || request.state() == RequestState.DELIVERED) {
            sql.statement("reopen-deliveries", request.key()).update();
        }
        sql.statement("replay", request.key()).param("now", sql.time(now)).update();
        ReplayAnswer answer = fetchAgain || fetched == null ? ReplayAnswer.FETCH_AGAIN : ReplayAnswer.REROUTED;
        events.add(request.key(), now, EventKind.REPLAYED,
                answer == ReplayAnswer.FETCH_AGAIN ? "to be fetched" : "from what is kept");
        return answer;
    }

    /**
     * Where the bytes of these actions' results are, on whatever node.
     *
     * @param machineActionIds some hundreds at most
     */
    public Set<String> spoolPaths(String tenant, Collection<String> machineActionIds) {
        return sql.statement("spool-paths").param("tenant", tenant).param("actions", machineActionIds).query(String.class).set();
    }

    /** How many requests stand where; reads the whole table, so not for every second. */
    public List<RequestCount> counts() {
        return sql.statement("counts").query((row, number) -> new RequestCount(
                row.getString("tenant"), RequestState.of(row.getString("state")), Rows.outcome(row), row.getLong("requests"),
                sql.rows().time(row, "next_attempt_at"))).list();
    }

    /**
     * Removes what the policy no longer keeps, and the API calls that no window holds any more. Works in small transactions
     * and may be stopped at any point: the next run goes on.
     *
     * @param deleteBytes is given the spool path of each result whose bytes go, before the ledger forgets it; has to bear a
     *                    path that is gone already. An exception of its own ends the run
     */
    public Pruned prune(RetentionPolicy policy, Consumer<String> deleteBytes) {
        Instant now = time.instant();
        long bytes = policy.bytes() == null
                ? 0
                : prune("prunable-bytes", "forget-bytes", RequestState.DELIVERED, now.minus(policy.bytes()), deleteBytes);
        long requests = pruneRequests(RequestState.DELIVERED, policy.delivered(), now, deleteBytes)
                + pruneRequests(RequestState.DEAD, policy.dead(), now, deleteBytes);
        Instant outOfWindow = now.minus(longestWindow).minus(SLACK);
        long calls = sql.transaction(() -> sql.statement("prune-calls").param("before", sql.time(outOfWindow)).update());
        return new Pruned(bytes, requests, calls);
    }

    private long pruneRequests(RequestState state, Duration age, Instant now, Consumer<String> deleteBytes) {
        return age == null ? 0 : prune("prunable-requests", "prune-request", state, now.minus(age), deleteBytes);
    }

    private long prune(String find, String remove, RequestState state, Instant before, Consumer<String> deleteBytes) {
        long removed = 0;
        int found;
        do {
            found = sql.transaction(() -> {
                // the rows are locked while the bytes go, so that no replay starts from bytes that are about to vanish
                List<Kept> chunk = sql.statement(find)
                        .param("state", state.label()).param("before", sql.time(before)).param("max", CHUNK)
                        .query((row, number) -> new Kept(Rows.key(row, number), row.getString("spool_path"))).list();
                chunk.stream().map(Kept::spoolPath).filter(Objects::nonNull).forEach(deleteBytes);
                chunk.forEach(kept -> sql.statement(remove, kept.key()).update());
                return chunk.size();
            });
            removed += found;
        } while (found == CHUNK);
        return removed;
    }

    private record Kept(ResultKey key, String spoolPath) {
    }
}
