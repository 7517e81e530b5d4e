package io.liveresponse.worker;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.fetch.PauseGate;
import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.intake.RequestStore;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.LedgerUnavailableException;
import io.liveresponse.ledger.NodeLock;
import io.liveresponse.ledger.NodeRun;
import io.liveresponse.ledger.Quota;
import io.liveresponse.model.FailureCode;
import io.liveresponse.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger of a running process and what works on it; opened when made, closed with the context. Thread-safe. */
public final class LedgerRuntime extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerRuntime.class);

    /** A shorter standstill leaves readiness up, so that a load balancer does not flap. */
    private static final Duration STANDSTILL = Duration.ofMinutes(1);
    private static final int LIMITS_SECONDS = 2;
    /** The counts read the whole table; scrapers come more often than that is worth. */
    private static final int COUNTS_SECONDS = 15;
    private static final int BACKLOG_SECONDS = 60;
    /** A database server notices within half a minute that the machine of an earlier run is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LedgerDatabase database;
    private final NodeIdentity node;
    private final NodeLock nodeLock;
    private final WorkerSettings workerSettings;
    private final Ledger ledger;
    private final PauseGate actionPauses;
    private final Worker work;
    private final ActionWork actionWork;
    private final Discovery discovery;
    private final Retention retention;
    private final LedgerGuard contact = new LedgerGuard();
    private final FailureCounts failures = new FailureCounts();
    private final Peers peers = new Peers(Clock.systemUTC());
    private final Map<String, String> quotaKeys;
    private final LedgerSnapshot snapshot;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "live-response-ledger-snapshot");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param health   for readiness, or null if there is none
     * @param stopping whether the context stops, so that nothing may be claimed any more
     * @param wake     lets the worker's route look for due requests at once
     * @throws io.liveresponse.ledger.LedgerUnavailableException if the database cannot be opened
     */
    public LedgerRuntime(Settings settings, HealthCheckRegistry health, BooleanSupplier stopping, Runnable wake) {
        StorageProbe storage = new StorageProbe(settings);
        workerSettings = WorkerSettings.of(settings);
        quotaKeys = workerSettings.quotaKeys();
        node = NodeIdentity.in(settings.path("live-response.data-directory"));
        database = open(settings, storage);
        nodeLock = database.lock(NodeRun.of(node.name()), PATIENCE);
        ledger = new Ledger(database, database.clock(), System::nanoTime, Quota.perKind(settings));
        actionPauses = new PauseGate(FailureCode.ACTION_QUOTA_EXCEEDED, Clock.systemUTC());
        actionWork = new ActionWork(ledger, contact, peers, nodeLock.run().owner(), settings.duration("live-response.action.period"),
                settings.duration("live-response.action.give-up"), database.clock());
        retention = new Retention(ledger.archive(), settings, Clock.systemUTC());
        discovery = new Discovery(ledger.intake(), contact, settings, database.clock());
        work = new Worker(ledger, contact, failures, storage, peers, nodeLock, workerSettings, actionPauses, stopping, wake,
                database.clock(), new Pace(workerSettings.concurrency(), System::nanoTime));
        snapshot = new LedgerSnapshot(ledger, contact, quotaKeys);
        if (health != null) {
            health.register(Readiness.down("live-response-ledger", contact::fault));
            health.register(Readiness.down("live-response-storage", storage::fault));
            health.register(Readiness.degraded("live-response-sign-in", snapshot::refused, snapshot::isEachRefused));
            health.register(Readiness.degraded("live-response-peers", peers::fault, () -> peers.areDown(quotaKeys.keySet(), STANDSTILL)));
        }
    }

    /** A database that cannot be opened says little of a full disk. */
    private static LedgerDatabase open(Settings settings, StorageProbe storage) {
        try {
            return LedgerDatabase.open(address(settings));
        } catch (LedgerUnavailableException e) {
            throw storage.fault().map(fault -> new LedgerUnavailableException(fault + "; " + e.getMessage())).orElse(e);
        }
    }

    /** Where the host has Micrometer on its class path; its types are named in no signature here, so that it need not. */
    public void measureIn(CamelContext context) throws Exception {
        if (context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") != null) {
            new LedgerMetrics(snapshot, failures, quotaKeys.keySet(), Clock.systemUTC()).in(context);
        }
    }

    /** Where the settings say that the ledger is. */
    public static LedgerAddress address(Settings settings) {
        Optional<String> url = settings.find("live-response.ledger.url");
        Path directory = settings.path("live-response.data-directory");
        return url.isEmpty()
                ? LedgerAddress.inDirectory(directory)
                : LedgerAddress.of(url.get(), settings.find("live-response.ledger.user").orElse(null),
                        settings.find("live-response.ledger.password").orElse(null));
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The tenant id of each configured tenant, by its name. */
    public Map<String, String> quotaKeys() {
        return quotaKeys;
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

    public QuotaGate quotaGate() {
        return new LedgerQuota(CallKind.LINK, FailureCode.LINK_QUOTA_EXCEEDED, ledger.quota(), quotaKeys, contact, database.clock());
    }

    /** The quota of calls about machine actions, for all nodes. */
    public QuotaGate actionGate() {
        return new ActionQuota(
                new LedgerQuota(CallKind.ACTION, FailureCode.ACTION_QUOTA_EXCEEDED, ledger.quota(), quotaKeys, contact, database.clock()),
                actionPauses);
    }

    public Deliveries deliveries() {
        return new LedgerDeliveries(ledger.settlement(), contact, peers, nodeLock.run().owner(), workerSettings.staleAfter(),
                database.clock());
    }

    @Override
    protected void doStart() {
        work.start();
        BacklogLog backlog = new BacklogLog(snapshot, contact, ledger.quota(), quotaKeys, Clock.systemUTC());
        every(LIMITS_SECONDS, snapshot::refresh);
        every(COUNTS_SECONDS, snapshot::refreshCounts);
        every(BACKLOG_SECONDS, backlog::report);
    }

    /** A schedule ends with the first exception, so none leaves the task. */
    private void every(int seconds, Runnable task) {
        ScheduledFuture<?> unused = refresher.scheduleWithFixedDelay(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("What the ledger says was not read; the next round is in {} s", seconds, e);
            }
        }, 0, seconds, TimeUnit.SECONDS);
    }

    @Override
    protected void doStop() throws Exception {
        refresher.shutdownNow();
        work.stop();
        nodeLock.close();
        database.close();
        node.close();
    }
}
