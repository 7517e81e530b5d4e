package io.liveresponse.worker;

import io.liveresponse.ledger.RequestCount;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/**
 * What the ledger says of the work, for all nodes, and what went wrong on this one. The names are public; no tag holds anything
 * but tenants of the settings and words of this project. A scrape reads what the ledger said last and never waits for it; while the ledger
 * does not answer, its gauges are not a number. Thread-safe.
 */
final class LedgerMetrics implements MeterBinder {

    private static final String PREFIX = "live.response.";
    private final LedgerSnapshot snapshot;
    private final FailureCounts failures;
    private final Collection<String> tenants;
    private final Clock clock;

    /** @param clock this machine's: the ledger's own may be what does not answer */
    LedgerMetrics(LedgerSnapshot snapshot, FailureCounts failures, Collection<String> tenants, Clock clock) {
        this.snapshot = snapshot;
        this.failures = failures;
        this.tenants = tenants;
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
        for (String tenant : tenants) {
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
                    () -> snapshot.room(tenant)).register(registry);
            gauge("paused", "1 while the tenant makes no link call: a 429 or a refused sign-in", tenant,
                    () -> snapshot.pauses().map(pauses -> pauses.stream().anyMatch(pause -> pause.tenant().equals(tenant)) ? 1 : 0))
                    .register(registry);
        }
        for (FailureCode code : FailureCode.values()) {
            FunctionCounter.builder(PREFIX + "failures", failures, tally -> tally.of(code)).description("Failures met by this process")
                    .tag("stage", code.stage().name()).tag("code", code.name()).register(registry);
        }
    }

    private static Gauge.Builder<Supplier<Number>> gauge(String name, String description, String tenant,
            Supplier<Optional<? extends Number>> value) {
        Supplier<Number> number = () -> value.get().map(Number::doubleValue).orElse(Double.NaN);
        return Gauge.builder(PREFIX + name, number).description(description).tag("tenant", tenant);
    }

    private Optional<Long> requests(String tenant, Predicate<RequestCount> which) {
        return snapshot.counts().map(counts -> counts.stream().filter(count -> count.tenant().equals(tenant)).filter(which)
                .mapToLong(RequestCount::requests).sum());
    }

    private Optional<Double> overdue(String tenant) {
        Instant now = clock.instant();
        return snapshot.counts()
                .map(counts -> counts.stream().filter(count -> count.tenant().equals(tenant) && count.state() == RequestState.DUE)
                        .map(RequestCount::nextAttemptAt).filter(Objects::nonNull).filter(now::isAfter).min(Instant::compareTo)
                        .map(earliest -> Duration.between(earliest, now).toMillis() / 1000.0).orElse(0.0));
    }
}
