package io.liveresponse.simulator;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Every request that reached the simulator, in the order answered. A call is entered before the first byte of its answer
 * leaves, so a client that has seen an answer finds its call here. Thread-safe.
 */
public final class Journal {

    private static final int TOO_MANY_REQUESTS = 429;

    private final List<Call> calls = new ArrayList<>();

    Journal() {
    }

    synchronized void add(Call call) {
        calls.add(call);
    }

    /** A copy of all calls so far. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<Call> calls(EndpointKind kind) {
        return matching(call -> call.kind() == kind);
    }

    public List<Call> calls(EndpointKind kind, ResultKey key) {
        return matching(call -> call.kind() == kind && key.equals(call.key()));
    }

    public long count(EndpointKind kind) {
        return count(call -> call.kind() == kind);
    }

    public long count(EndpointKind kind, String tenant) {
        return count(call -> call.kind() == kind && Objects.equals(tenant, call.tenant()));
    }

    public long count(EndpointKind kind, ResultKey key) {
        return count(call -> call.kind() == kind && key.equals(call.key()));
    }

    /** How many answers of any kind were 429, by the quota or by a fault. */
    public long answers429() {
        return count(call -> call.status() == TOO_MANY_REQUESTS);
    }

    /** How many requests reached the blob store's host with a credential that is not the link's own. */
    public long bearerSeenAtBlobStore() {
        return count(call -> call.host() == Host.BLOB && call.carriesBearer());
    }

    /** The requests that no endpoint knows. */
    public List<Call> unexpected() {
        return calls(EndpointKind.UNEXPECTED);
    }

    /**
     * The largest number of a tenant's link calls, refused ones included, in any rolling window. Two calls exactly one
     * window apart are not in the same one.
     */
    public int maxInAnyWindow(String tenant, Duration window) {
        List<Instant> arrivals = matching(call -> call.kind() == EndpointKind.LINK && tenant.equals(call.tenant()))
                .stream().map(Call::arrival).sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < arrivals.size(); last++) {
            while (!arrivals.get(last).isBefore(arrivals.get(first).plus(window))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** Forgets all calls. */
    public synchronized void clear() {
        calls.clear();
    }

    private synchronized List<Call> matching(Predicate<Call> wanted) {
        return calls.stream().filter(wanted).toList();
    }

    private synchronized long count(Predicate<Call> wanted) {
        return calls.stream().filter(wanted).count();
    }

    @Override
    public synchronized String toString() {
        return "Journal of " + calls.size() + " calls";
    }
}
