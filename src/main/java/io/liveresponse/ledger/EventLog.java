package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Writes timelines, inside the transaction that does what they tell. Thread-safe. */
final class EventLog {

    private static final int MAX_DETAIL = 2000;

    private final Sql sql;

    EventLog(Sql sql) {
        this.sql = sql;
    }

    void add(ResultKey key, Instant now, EventKind kind, String detail) {
        sql.statement("add-event").params(event(key, now, kind, detail)).update();
    }

    void addAll(Collection<ResultKey> keys, Instant now, EventKind kind, String detail) {
        sql.updateAll("add-event", keys.stream().map(key -> event(key, now, kind, detail)).toList());
    }

    private Map<String, Object> event(ResultKey key, Instant now, EventKind kind, String detail) {
        Map<String, Object> event = new HashMap<>(Sql.key(key));
        event.put("now", sql.time(now));
        event.put("kind", kind.label());
        event.put("detail", Text.clean(detail, MAX_DETAIL));
        return event;
    }
}
