package io.liveresponse.simulator.http;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Every request that reached the simulator, in the order answered. A call is entered before the first byte of its answer
 * leaves, so a client that has seen an answer finds its call here. Thread-safe.
 */
public final class Journal {

    private static final int TOO_MANY_REQUESTS = 429;

    private final List<Call> calls = new ArrayList<>();

    public Journal() {
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

    /** @param subject a machine id, an action id or a library file's name */
    public long countOf(EndpointKind kind, String subject) {
        return count(call -> call.kind() == kind && subject.equals(call.subject()));
    }

    /** How many calls of this kind were answered with this error code. */
    public long countErrors(EndpointKind kind, String code) {
        return count(call -> call.kind() == kind && code.equals(call.code()));
    }

    /** How many calls of this kind there were about each machine, action or library file. */
    public Map<String, Long> perSubject(EndpointKind kind) {
        return calls(kind).stream().filter(call -> call.subject() != null)
                .collect(Collectors.groupingBy(Call::subject, TreeMap::new, Collectors.counting()));
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
        return maxInAnyWindow(EndpointKind.LINK, tenant, window);
    }

    /** The same for calls of another kind. */
    public int maxInAnyWindow(EndpointKind kind, String tenant, Duration window) {
        return maxInAnyWindow(kind, tenant, window, call -> true);
    }

    /** The same for calls of another kind of which only some count, e.g. those that were not refused. */
    public int maxInAnyWindow(EndpointKind kind, String tenant, Duration window, Predicate<Call> counted) {
        List<Instant> arrivals = matching(call -> call.kind() == kind && tenant.equals(call.tenant()) && counted.test(call))
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
