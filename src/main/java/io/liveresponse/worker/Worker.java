package io.liveresponse.worker;

import io.liveresponse.fetch.PauseGate;
import io.liveresponse.intake.RequestChunk;
import io.liveresponse.intake.RequestEntry;
import io.liveresponse.ledger.Acceptance;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.NodeLock;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the worker's routes ask of the ledger. One instance is one owner of leases: when it stops it gives back what it
 * holds. Thread-safe.
 */
public final class Worker extends ServiceSupport {

    /** Three renewals fit into a lease; see {@code worker-lease.camel.yaml}. */
    static final Duration LEASE = Duration.ofSeconds(60);
    /** How the reason of a pause by {@link Verdict#PAUSE_TENANT} begins, unlike that of any other pause. */
    static final Pattern REFUSAL = Pattern.compile("([A-Z]+(?:_[A-Z]+)+): .*", Pattern.DOTALL);
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Ledger ledger;
    private final LedgerGuard contact;
    private final StorageProbe storage;
    private final Peers peers;
    private final NodeLock nodeLock;
    private final String owner;
    private final WorkerSettings settings;
    private final PauseGate actionPauses;
    private final BooleanSupplier stopping;
    private final Runnable wake;
    private final FailedRequests failed;
    private final Pace pace;
    private volatile boolean alone = true;
    private final Set<ResultKey> inProgress = new HashSet<>();
    /** Of those in progress. */
    private final Set<ResultKey> claimedAgain = new HashSet<>();

    /**
     * @param failures     counts each failure
     * @param storage      while it has a fault, nothing is claimed
     * @param nodeLock         of this run, which holds the leases; while another run of the node has it, nothing is claimed
     * @param actionPauses which tenants no calls about actions may be made for now
     * @param stopping     whether the process ends, so that nothing may be claimed any more
     * @param wake         lets the worker's route look for due requests at once
     * @param clock        the ledger's; asked inside of {@code contact} only, since it may need the database
     * @param pace         of this worker alone; counts up to as many requests as are worked on at once
     */
    Worker(Ledger ledger, LedgerGuard contact, FailureCounts failures, StorageProbe storage, Peers peers, NodeLock nodeLock,
            WorkerSettings settings,
            PauseGate actionPauses, BooleanSupplier stopping, Runnable wake, Clock clock, Pace pace) {
        this.ledger = ledger;
        this.contact = contact;
        this.storage = storage;
        this.peers = peers;
        this.nodeLock = nodeLock;
        this.owner = nodeLock.run().owner();
        this.settings = settings;
        this.actionPauses = actionPauses;
        this.stopping = stopping;
        this.wake = wake;
        this.pace = pace;
        this.failed = new FailedRequests(ledger, contact, owner, failures, peers, settings.retry(), actionPauses, clock);
    }

    /**
     * Accepts one request, also one that stands for a whole action; see {@link ActionWork}.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    public Acceptance accept(@Body Request request) throws LiveResponseException {
        Acceptance acceptance = contact.ask(() -> ledger.intake().accept(request(request)));
        wake();
        return acceptance;
    }

    /**
     * Accepts many requests in far fewer commits. Safe to repeat.
     *
     * @return the entries that are no requests
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    public List<RequestEntry> acceptAll(@Body RequestChunk chunk) throws LiveResponseException {
        contact.ask(() -> ledger.intake().accept(chunk.requests().stream().map(Worker::request).iterator()));
        wake();
        return chunk.rejected();
    }

    private static NewRequest request(Request request) {
        return new NewRequest(request.ledgerKey(), request.action(), null);
    }

    /**
     * Claims requests of configured tenants for the idle workers, and ahead as many as ended within the last second, at most one for
     * each worker: a claim of eight costs little more than a claim of one, and none waits long unless the work stalls. None while some wait
     * already, the ledger does not answer, a disk is full or the process ends. A request on which this process is still at work,
     * as after a lease that the ledger's clock ended, has its lease back and is not among them: its call may be in flight.
     */
    public synchronized List<RequestRecord> claim() {
        // below zero: as many workers are idle
        int waiting = inProgress.size() - settings.concurrency();
        int most = pace.perSecond() - waiting;
        if (waiting > 0 || most < 1 || !alone || !isRunAllowed() || stopping.getAsBoolean() || storage.fault().isPresent()) {
            return List.of();
        }
        List<RequestRecord> claimed = contact.askOr(() -> {
            contact.tellAgain();
            return ledger.queue().claim(owner, LEASE, most, settings.quotaKeys()::get, tenant -> !actionPauses.isPaused(tenant));
        }, List.of());
        List<RequestRecord> fresh = new ArrayList<>();
        for (RequestRecord request : claimed) {
            if (inProgress.add(request.key())) {
                fresh.add(request);
            } else {
                claimedAgain.add(request.key());
            }
        }
        return fresh;
    }

    /**
     * Renews the leases of the requests in progress. A request that is held but not in progress is released: its end was not recorded,
     * and is not going to be.
     */
    public synchronized void renew() {
        alone = nodeLock.held();
        if (!alone) {
            LOG.error("Another run of this node is at work in the ledger; nothing is claimed until it ends");
        }
        Set<ResultKey> held = contact.askOr(() -> {
            contact.tellAgain();
            return ledger.queue().renew(owner, LEASE);
        }, Set.of());
        for (ResultKey key : held) {
            if (!inProgress.contains(key)) {
                failed.postpone(key, Duration.ZERO, "its end could not be recorded");
            }
        }
    }

    /**
     * Records the result; its bytes are on the disk.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE; LEDGER_LEASE_LOST if another run may work on the request
     */
    public void fetched(@Body Result result) throws LiveResponseException {
        FetchedFacts facts = new FetchedFacts(result.outcome(), result.exitCode(),
                result.scriptName(), result.sha256(), result.sizeBytes(), result.blob().path().toString(),
                result.blob().offeredFileName(), result.receivedAt(), nodeLock.run().node());
        if (!contact.ask(() -> ledger.settlement().fetched(result.key(), owner, facts))) {
            throw new LiveResponseException(FailureCode.LEDGER_LEASE_LOST, "another run works on " + result.key() + " by now");
        }
        peers.fetched(result.key().tenant());
    }

    /** Every sink has the result. */
    public WorkEnd routed() {
        return WorkEnd.DONE;
    }

    /**
     * Ends the work on a request: delivered, due again or dead-lettered. If the ledger does not answer, it is told before the next claim.
     *
     * @param end     {@link #routed}, or what the request's action decides; without it, the work has failed or was cut off
     * @param thrown  the failure, or null if there is none
     * @param verdict the label of a {@link Verdict}; without one, a failure that no policy knows
     * @param sink    the sink that was served last, or null
     * @param updated when the request's action last changed, or null
     */
    public void settle(@Variable(WorkerVariables.LEASE) RequestRecord request, @Variable(WorkerVariables.SETTLEMENT) WorkEnd end,
            @Variable(WorkerVariables.FAILURE) Exception thrown, @Variable(Verdict.VARIABLE) String verdict,
            @Variable("liveResponseSink") String sink, @Variable(WorkerVariables.ACTION_UPDATED) Instant updated) {
        try {
            FatalErrors.rethrow(thrown);
            if (end != null && end.isDone()) {
                failed.record(() -> ledger.settlement().settleDelivered(request.key(), owner));
            } else if (end != null) {
                failed.postpone(request.key(), end.delay(), end.reason());
            } else if (stopping.getAsBoolean() || !isRunAllowed()) {
                failed.postpone(request.key(), Duration.ZERO, "the process ended while it was worked on");
            } else if (thrown == null) {
                failed.settle(request,
                        new LiveResponseException(FailureCode.UNEXPECTED, "the routes stopped before every sink had it; see route-result"),
                        Verdict.RETRY.label(), sink, updated);
            } else {
                failed.settle(request, named(thrown), verdict, sink, updated);
            }
        } finally {
            finished(request);
        }
    }

    /** The worker is idle again. */
    private void finished(RequestRecord request) {
        boolean again;
        synchronized (this) {
            inProgress.remove(request.key());
            pace.ended();
            again = claimedAgain.remove(request.key());
        }
        if (again) {
            // claimed after its end was recorded; if before, this changes nothing
            failed.postpone(request.key(), Duration.ZERO, "its earlier work has ended");
        }
        wake();
    }

    /** Not while the process ends: nothing is claimed then. */
    void wake() {
        if (!stopping.getAsBoolean()) {
            wake.run();
        }
    }

    /** Releases what earlier runs of this node held, and ends the pauses of refused tenants: a setting may be fixed. */
    @Override
    protected synchronized void doStart() {
        ledger.queue().releaseEarlierRuns(nodeLock.run());
        ledger.quota().pauses().stream().map(pause -> REFUSAL.matcher(pause.reason())).filter(Matcher::matches)
                .map(refusal -> refusal.group(1))
                .distinct().forEach(ledger.quota()::endPauses);
    }

    @Override
    protected synchronized void doStop() {
        contact.askOr(() -> {
            contact.tellAgain();
            return ledger.queue().release(owner);
        }, 0);
    }

    private static LiveResponseException named(Exception thrown) {
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        return named != null
                ? named
                : new LiveResponseException(FailureCode.UNEXPECTED, "a route failed with " + thrown.getClass().getName()
                        + "; see the log, and fix the route or report it");
    }
}
