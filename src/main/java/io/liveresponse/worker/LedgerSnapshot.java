package io.liveresponse.worker;

import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RequestCount;
import io.liveresponse.ledger.TenantPause;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the ledger said when it was last asked. Probes and scrapers read this, so that none of them waits for a database that does not
 * answer; only {@link #refresh} and {@link #refreshCounts} ask it. Thread-safe.
 */
final class LedgerSnapshot {

    private final Ledger ledger;
    private final LedgerGuard contact;
    private final Map<String, String> quotaKeys;
    private volatile Optional<List<TenantPause>> pauses = Optional.empty();
    private volatile Optional<Work> work = Optional.empty();

    /** @param quotaKeys the tenant id of each configured tenant, by its name */
    LedgerSnapshot(Ledger ledger, LedgerGuard contact, Map<String, String> quotaKeys) {
        this.ledger = ledger;
        this.contact = contact;
        this.quotaKeys = quotaKeys;
    }

    /**
     * @param counts of all requests
     * @param rooms  the link calls that the quota has room for, by tenant id
     */
    private record Work(List<RequestCount> counts, Map<String, Integer> rooms) {
    }

    /** Asks which tenants pause, which are a few rows. Never fails. */
    void refresh() {
        pauses = answer(ledger.quota()::pauses);
    }

    /** Counts the requests, which reads the whole table, and the room in the quota. Never fails. */
    void refreshCounts() {
        work = answer(() -> new Work(ledger.archive().counts(), ledger.quota().rooms(CallKind.LINK, quotaKeys.values())));
    }

    private <T> Optional<T> answer(LedgerGuard.Question<T> question) {
        return contact.askOr(() -> Optional.of(question.answer()), Optional.empty());
    }

    /** Empty before the first answer, and while the ledger does not answer. */
    Optional<List<TenantPause>> pauses() {
        return pauses;
    }

    /** Empty before the first answer, and while the ledger does not answer. */
    Optional<List<RequestCount>> counts() {
        return work.map(Work::counts);
    }

    /** The link calls that the quota has room for; empty likewise. */
    Optional<Integer> room(String tenant) {
        return work.map(seen -> seen.rooms().get(quotaKeys.get(tenant)));
    }

    /** The tenants that the sign-in host or the API refuses, on any node, with the setting to fix; empty if there is none. */
    Optional<String> refused() {
        return Optional.of(refusals().stream().map(TenantPause::reason).collect(Collectors.joining("; "))).filter(all -> !all.isEmpty());
    }

    /** Whether each configured tenant is refused, so that nothing goes on. */
    boolean isEachRefused() {
        List<String> refused = refusals().stream().map(TenantPause::tenant).toList();
        return !quotaKeys.isEmpty() && refused.containsAll(quotaKeys.keySet());
    }

    private List<TenantPause> refusals() {
        return pauses.orElse(List.of()).stream()
                .filter(pause -> quotaKeys.containsKey(pause.tenant()) && Worker.REFUSAL.matcher(pause.reason()).matches()).toList();
    }
}
