package io.liveresponse.worker;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.fetch.PauseGate;
import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.TenantPause;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.service.ServiceSupport;

/** The ledger of a running process and what works on it; opened when made, closed with the context. Thread-safe. */
public final class LedgerRuntime extends ServiceSupport {

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
    private final List<String> tenants;
    private final Map<String, String> quotaKeys;

    /**
     * @param health where what keeps the work from going on is told, or null where nobody asks
     * @throws io.liveresponse.ledger.LedgerUnavailableException where the database cannot be opened
     */
    public LedgerRuntime(Settings settings, HealthCheckRegistry health) {
        StorageProbe storage = new StorageProbe(settings);
        tenants = settings.tenants();
        quotaKeys = tenants.stream().collect(Collectors.toMap(name -> name, name -> settings.tenant(name).tenantId().orElse(name)));
        node = NodeIdentity.in(settings.path("live-response.data-directory"));
        database = LedgerDatabase.open(address(settings));
        ledger = new Ledger(database, database.clock(), Quota.of(settings));
        actionPauses = new PauseGate(database.clock());
        actionWork = new ActionWork(ledger, contact, node.name(), settings.duration("live-response.action.period"),
                settings.duration("live-response.action.give-up"), database.clock());
        retention = new Retention(ledger.archive(), settings);
        discovery = new Discovery(ledger.intake(), settings, database.clock());
        work = new Worker(ledger, contact, failures, storage, node.name(), settings.integer("live-response.worker.concurrency"),
                RetryPlan.of(settings), actionPauses, quotaKeys, database.clock());
        if (health != null) {
            health.register(Readiness.down("live-response-ledger", contact::fault));
            health.register(Readiness.down("live-response-storage", storage::fault));
            health.register(Readiness.down("live-response-sign-in", this::refusedSignIn));
        }
    }

    /** Where the host has Micrometer on its class path; its types are named in no signature here, so that it need not. */
    public void measureIn(CamelContext context) throws Exception {
        if (context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") != null) {
            new LedgerMetrics(ledger, contact, failures, quotaKeys, Clock.systemUTC()).in(context);
        }
    }

    /** The tenants whose sign-in host refuses them, on any node, with the setting to mend; empty where there is none. */
    private Optional<String> refusedSignIn() {
        try {
            return contact.ask(ledger.quota()::pauses).stream().map(TenantPause::reason)
                    .filter(reason -> reason.startsWith(FailureCode.TOKEN_REFUSED.name()))
                    .reduce((one, other) -> one + "; " + other);
        } catch (LiveResponseException e) {
            return Optional.of(e.getMessage());
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
        return new LedgerDeliveries(ledger.settlement(), contact);
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
