package io.liveresponse.simulator.sink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a sink has taken, in the order received, with what came more than once. Thread-safe. */
public final class ReceivedRows {

    /** The field of a row that tells it from all others. */
    static final String ID = "rowId";

    private final List<JsonNode> rows = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int duplicates;
    private int withoutId;

    ReceivedRows() {
    }

    synchronized void add(String id, JsonNode row) {
        rows.add(row);
        if (id == null || id.isEmpty()) {
            withoutId++;
        } else if (!ids.add(id)) {
            duplicates++;
        }
    }

    /** A copy of all rows, duplicates too. */
    public synchronized List<JsonNode> rows() {
        return List.copyOf(rows);
    }

    public synchronized int count() {
        return rows.size();
    }

    /** How many different ids there are. */
    public synchronized int unique() {
        return ids.size();
    }

    /** How many rows had the id of an earlier one. */
    public synchronized int duplicates() {
        return duplicates;
    }

    /** How many rows had no id at all. */
    public synchronized int withoutId() {
        return withoutId;
    }
}
