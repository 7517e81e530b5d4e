package io.liveresponse.worker;

import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RequestCount;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.TenantPause;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Outcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/**
 * What the ledger says of the work, for all nodes, and what went wrong on this one. The names are public; no tag holds anything
 * but tenants of the settings and words of this project. While the ledger does not answer, its gauges are not a number. Thread-safe.
 */
final class LedgerMetrics implements MeterBinder {

    private static final String PREFIX = "live.response.";
    /** The counts walk over the whole table; scrapers come more often than that is worth. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private record Snapshot(Instant takenAt, List<RequestCount> counts, Set<String> paused) {
    }

    private final Ledger ledger;
    private final LedgerGuard contact;
    private final FailureCounts failures;
    private final Map<String, String> quotaKeys;
    private final Clock clock;
    private Snapshot snapshot = new Snapshot(Instant.MIN, List.of(), Set.of());

    /** @param clock this machine's: the ledger's own may be what does not answer */
    LedgerMetrics(Ledger ledger, LedgerGuard contact, FailureCounts failures, Map<String, String> quotaKeys, Clock clock) {
        this.ledger = ledger;
        this.contact = contact;
        this.failures = failures;
        this.quotaKeys = quotaKeys;
        this.clock = clock;
    }

    /** Once all is started, since whoever brings the registry may come after the ledger. Without a registry nothing is measured. */
    void in(CamelContext context) throws Exception {
        context.addStartupListener((started, already) -> {
            MeterRegistry registry = CamelContextHelper.findSingleByType(started, MeterRegistry.class);
            if (registry != null) {
                bindTo(registry);
            }
        });
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String tenant : quotaKeys.keySet()) {
            for (RequestState state : RequestState.values()) {
                gauge("requests", "Requests in the ledger, by state", tenant, () -> requests(tenant, count -> count.state() == state))
                        .tag("state", state.label()).register(registry);
            }
            for (Outcome outcome : Outcome.values()) {
                gauge("results", "Requests in the ledger whose result is known, by outcome", tenant,
                        () -> requests(tenant, count -> count.outcome() == outcome)).tag("outcome", outcome.label()).register(registry);
            }
            gauge("overdue", "How long the request that waits longest has been due", tenant, () -> overdue(tenant)).baseUnit("seconds")
                    .register(registry);
            gauge("link.room", "Link calls that the quota has room for now", tenant,
                    () -> ledger.quota().room(CallKind.LINK, quotaKeys.get(tenant))).register(registry);
            gauge("paused", "1 while the tenant makes no link call: a 429 or a refused sign-in", tenant,
                    () -> now().paused().contains(tenant) ? 1 : 0).register(registry);
        }
        for (FailureCode code : FailureCode.values()) {
            FunctionCounter.builder(PREFIX + "failures", failures, tally -> tally.of(code)).description("Failures met by this process")
                    .tag("stage", code.stage().name()).tag("code", code.name()).register(registry);
        }
    }

    private Gauge.Builder<LedgerGuard> gauge(String name, String description, String tenant, LedgerGuard.Question<Number> question) {
        return Gauge.builder(PREFIX + name, contact, asked -> {
            try {
                return asked.ask(question).doubleValue();
            } catch (LiveResponseException e) {
                return Double.NaN;
            }
        }).strongReference(true).description(description).tag("tenant", tenant);
    }

    private long requests(String tenant, Predicate<RequestCount> which) {
        return now().counts().stream().filter(count -> count.tenant().equals(tenant)).filter(which).mapToLong(RequestCount::requests).sum();
    }

    private double overdue(String tenant) {
        Instant now = clock.instant();
        return now().counts().stream().filter(count -> count.tenant().equals(tenant) && count.state() == RequestState.DUE)
                .map(RequestCount::nextAttemptAt).filter(Objects::nonNull).filter(now::isAfter).min(Instant::compareTo)
                .map(earliest -> Duration.between(earliest, now).toMillis() / 1000.0).orElse(0.0);
    }

    private synchronized Snapshot now() {
        Instant now = clock.instant();
        if (now.minus(FRESH).isAfter(snapshot.takenAt())) {
            snapshot = new Snapshot(now, ledger.archive().counts(),
                    ledger.quota().pauses().stream().map(TenantPause::tenant).collect(Collectors.toSet()));
        }
        return snapshot;
    }
}
