package io.liveresponse.worker;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.fetch.PauseGate;
import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.intake.RequestStore;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.Quota;
import io.liveresponse.model.FailureCode;
import io.liveresponse.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.service.ServiceSupport;

/** The ledger of a running process and what works on it; opened when made, closed with the context. Thread-safe. */
public final class LedgerRuntime extends ServiceSupport {

    /** A shorter outage is not worth an operator's attention. */
    private static final Duration OUTAGE = Duration.ofMinutes(1);

    private final LedgerDatabase database;
    private final NodeIdentity node;
    private final Ledger ledger;
    private final PauseGate actionPauses;
    private final Worker work;
    private final ActionWork actionWork;
    private final Discovery discovery;
    private final Retention retention;
    private final LedgerGuard contact = new LedgerGuard();
    private final FailureCounts failures = new FailureCounts();
    private final Peers peers = new Peers(Clock.systemUTC());
    private final List<String> tenants;
    private final Map<String, String> quotaKeys;

    /**
     * @param health   for readiness, or null if there is none
     * @param stopping whether the context stops, so that nothing may be claimed any more
     * @throws io.liveresponse.ledger.LedgerUnavailableException if the database cannot be opened
     */
    public LedgerRuntime(Settings settings, HealthCheckRegistry health, BooleanSupplier stopping) {
        StorageProbe storage = new StorageProbe(settings);
        tenants = settings.tenants();
        quotaKeys = tenants.stream().collect(Collectors.toMap(name -> name, name -> settings.tenant(name).tenantId().orElse(name)));
        node = NodeIdentity.in(settings.path("live-response.data-directory"));
        database = LedgerDatabase.open(address(settings));
        ledger = new Ledger(database, database.clock(), System::nanoTime, Quota.perKind(settings));
        actionPauses = new PauseGate(FailureCode.ACTION_QUOTA_EXCEEDED, Clock.systemUTC());
        actionWork = new ActionWork(ledger, contact, peers, node.name(), settings.duration("live-response.action.period"),
                settings.duration("live-response.action.give-up"), database.clock());
        retention = new Retention(ledger.archive(), settings);
        discovery = new Discovery(ledger.intake(), contact, settings, database.clock());
        work = new Worker(ledger, contact, failures, storage, peers, node.name(), WorkerSettings.of(settings), actionPauses, stopping, database.clock());
        if (health != null) {
            health.register(Readiness.down("live-response-ledger", contact::fault));
            health.register(Readiness.down("live-response-storage", storage::fault));
            health.register(Readiness.down("live-response-sign-in", work::refused));
            health.register(Readiness.degraded("live-response-peers", () -> peers.fault(OUTAGE)));
        }
    }

    /** Where the host has Micrometer on its class path; its types are named in no signature here, so that it need not. */
    public void measureIn(CamelContext context) throws Exception {
        if (context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") != null) {
            new LedgerMetrics(ledger, contact, failures, quotaKeys, Clock.systemUTC()).in(context);
        }
    }

    /** Where the settings say that the ledger is. */
    public static LedgerAddress address(Settings settings) {
        Optional<String> url = settings.find("live-response.ledger.url");
        Path directory = settings.path("live-response.data-directory");
        return url.isEmpty() ? LedgerAddress.inDirectory(directory)
                : LedgerAddress.of(url.get(), settings.find("live-response.ledger.user").orElse(null),
                        settings.find("live-response.ledger.password").orElse(null));
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The ledger's clock. */
    public Clock clock() {
        return database.clock();
    }

    public RequestStore requests() {
        return new LedgerRequests(ledger, contact);
    }

    public Worker work() {
        return work;
    }

    public ActionWork actionWork() {
        return actionWork;
    }

    public Discovery discovery() {
        return discovery;
    }

    public Retention retention() {
        return retention;
    }

    /** Whether no other process works in the data directory. */
    public boolean alone() {
        return node.alone();
    }

    /** What keeps questions about actions from a tenant that asked to be left alone. */
    public PauseGate actionPauses() {
        return actionPauses;
    }

    public QuotaGate quotaGate() {
        return new LedgerQuota(ledger.quota(), quotaKeys, contact, database.clock());
    }

    public Deliveries deliveries() {
        return new LedgerDeliveries(ledger.settlement(), contact, peers);
    }

    @Override
    protected void doStart() {
        work.start();
    }

    @Override
    protected void doStop() throws Exception {
        work.stop();
        database.close();
        node.close();
    }
}
