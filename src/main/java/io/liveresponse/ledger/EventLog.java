package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import java.time.Instant;
import java.util.Collection;

/** Writes timelines, inside the transaction that does what they tell. Thread-safe. */
final class EventLog {

    private static final int MAX_DETAIL = 2000;

    private final Sql sql;

    EventLog(Sql sql) {
        this.sql = sql;
    }

    void add(ResultKey key, Instant now, EventKind kind, String detail) {
        sql.update("add-event", event(key, now, kind, detail));
    }

    void addAll(Collection<ResultKey> keys, Instant now, EventKind kind, String detail) {
        sql.updateAll("add-event", keys.stream().map(key -> event(key, now, kind, detail)).toList());
    }

    private static Params event(ResultKey key, Instant now, EventKind kind, String detail) {
        return new Params().key(key).time("now", now).text("kind", kind.label()).text("detail", Text.clean(detail, MAX_DETAIL));
    }
}
