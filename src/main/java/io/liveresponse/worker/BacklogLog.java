package io.liveresponse.worker;

import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.CallQuota;
import io.liveresponse.ledger.QuotaUse;
import io.liveresponse.ledger.RequestCount;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.TenantPause;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Plural;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs on one line how many results are due and wait, and when they are fetched; silent if none wait. Not thread-safe. */
final class BacklogLog {

    private static final Logger LOG = LoggerFactory.getLogger(BacklogLog.class);
    /** The rest is counted, so that the line stays short with thousands of tenants. */
    private static final int MOST_TENANTS = 5;

    private final LedgerSnapshot snapshot;
    private final LedgerGuard contact;
    private final CallQuota quota;
    private final Map<String, String> quotaKeys;
    private final Clock clock;

    /**
     * @param quotaKeys the tenant id of each configured tenant, by its name
     * @param clock     the machine's
     */
    BacklogLog(LedgerSnapshot snapshot, LedgerGuard contact, CallQuota quota, Map<String, String> quotaKeys, Clock clock) {
        this.snapshot = snapshot;
        this.contact = contact;
        this.quota = quota;
        this.quotaKeys = quotaKeys;
        this.clock = clock;
    }

    private record Backlog(String tenant, long results) {
    }

    /** Never fails. */
    void report() {
        List<Backlog> backlogs = backlogs();
        if (backlogs.isEmpty()) {
            return;
        }
        try {
            List<String> told = contact.ask(() -> backlogs.stream().limit(MOST_TENANTS).map(this::text).toList());
            long results = backlogs.stream().mapToLong(Backlog::results).sum();
            LOG.info("{} {}: {}{}", Plural.of(results, "result"), results == 1 ? "waits" : "wait", String.join("; ", told),
                    backlogs.size() > MOST_TENANTS ? "; and " + Plural.of(backlogs.size() - MOST_TENANTS, "more tenant") : "");
        } catch (LiveResponseException e) {
            LOG.debug("no backlog is reported: {}", e.getMessage());
        }
    }

    private List<Backlog> backlogs() {
        Instant now = clock.instant();
        Map<String, Long> waiting = snapshot.counts().orElse(List.of()).stream()
                .filter(count -> count.state() == RequestState.DUE && count.outcome() == null && quotaKeys.containsKey(count.tenant()))
                .filter(count -> count.nextAttemptAt() != null && !count.nextAttemptAt().isAfter(now))
                .collect(Collectors.groupingBy(RequestCount::tenant, Collectors.summingLong(RequestCount::requests)));
        return waiting.entrySet().stream().map(entry -> new Backlog(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Backlog::results).reversed().thenComparing(Backlog::tenant)).toList();
    }

    private String text(Backlog backlog) {
        String waits = backlog.results() + " of " + backlog.tenant();
        return snapshot.pauses().orElse(List.of()).stream().filter(pause -> pause.tenant().equals(backlog.tenant())).findFirst()
                .map(TenantPause::until).map(until -> waits + " (paused until " + second(until) + ")")
                .orElseGet(() -> {
                    QuotaUse use = quota.use(CallKind.LINK, quotaKeys.get(backlog.tenant()));
                    return waits + " (" + use.inMinute() + " of " + use.quota().perMinute() + " link calls used in the minute, "
                            + use.inHour()
                            + " of " + use.quota().perHour() + " in the hour; done at about "
                            + second(use.done(backlog.results(), clock.instant())) + ")";
                });
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
