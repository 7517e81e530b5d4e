package io.liveresponse.ledger;

import io.liveresponse.model.Outcome;
import java.time.Instant;
import java.util.List;

/** What operators see at a glance, for all nodes. Thread-safe; every method reads only. */
public final class LedgerStatus {

    private final Sql sql;

    LedgerStatus(Sql sql) {
        this.sql = sql;
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
