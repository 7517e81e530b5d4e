package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Records requests, each once, however often and by however many threads and nodes it is handed over. Thread-safe. */
public final class RequestIntake {

    private static final int CHUNK = 500;

    /** Two intakes that record the same requests at once lock them in the same order, so that neither waits for ever. */
    private static final Comparator<ResultKey> LOCK_ORDER = Comparator.comparing(ResultKey::tenant)
            .thenComparing(ResultKey::machineActionId)
            .thenComparing(ResultKey::commandIndex);

    private final Sql sql;
    private final EventLog events;
    private final InstantSource time;
    private final TenantRows tenants;

    RequestIntake(Sql sql, EventLog events, InstantSource time, TenantRows tenants) {
        this.sql = sql;
        this.events = events;
        this.time = time;
        this.tenants = tenants;
    }

    /** Records one request. A request already known stays as it is, and its state is told. */
    public Acceptance accept(NewRequest request) {
        tenants.add(List.of(request.key().tenant()));
        return sql.transaction(() -> {
            if (record(List.of(request)) == 1) {
                return new Acceptance(true, RequestState.DUE);
            }
            RequestRecord known = sql.statement("find", request.key()).query(sql.rows()::request).single();
            return new Acceptance(false, known.state());
        });
    }

    /**
     * Records many requests in bounded memory, a few hundred to a transaction. Where this throws, some may be recorded; as
     * each is recorded once, handing over the whole again is right.
     *
     * @param requests read once, in order, while this works; an exception of its own passes through
     */
    public AcceptanceCount accept(Iterator<NewRequest> requests) {
        long fresh = 0;
        long all = 0;
        while (requests.hasNext()) {
            List<NewRequest> chunk = new ArrayList<>(CHUNK);
            while (requests.hasNext() && chunk.size() < CHUNK) {
                chunk.add(requests.next());
            }
            Set<String> names = chunk.stream().map(request -> request.key().tenant()).collect(Collectors.toSet());
            tenants.add(names);
            all += chunk.size();
            fresh += sql.transaction(() -> record(chunk));
        }
        return new AcceptanceCount(fresh, all - fresh);
    }

    private int record(List<NewRequest> requests) {
        Instant now = time.instant();
        List<NewRequest> ordered = requests.stream().sorted(Comparator.comparing(NewRequest::key, LOCK_ORDER)).toList();
        int[] recorded = sql.updateAll("accept", ordered.stream().map(request -> row(request, now)).toList());
        List<ResultKey> fresh = new ArrayList<>();
        for (int i = 0; i < recorded.length; i++) {
            if (recorded[i] == 1) {
                fresh.add(ordered.get(i).key());
            }
        }
        if (!fresh.isEmpty()) {
            events.addAll(fresh, now, EventKind.ACCEPTED, null);
        }
        return fresh.size();
    }

    private static String lane(NewRequest request) {
        return request.key().wholeAction() ? "action" : request.outcome() == null ? "fresh" : "deliver";
    }

    private Map<String, Object> row(NewRequest request, Instant now) {
        Map<String, Object> row = new HashMap<>(Sql.key(request.key()));
        row.putAll(Rows.action(request.action()));
        row.put("action_created_at", sql.time(request.action().createdAt()));
        row.put("now", sql.time(now));
        row.put("lane", lane(request));
        row.put("outcome", request.outcome() == null ? null : request.outcome().label());
        return row;
    }
}
