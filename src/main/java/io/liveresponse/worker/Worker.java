package io.liveresponse.worker;

import io.liveresponse.fetch.PauseGate;
import io.liveresponse.intake.RequestChunk;
import io.liveresponse.intake.RequestEntry;
import io.liveresponse.ledger.Acceptance;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.NodeLock;
import io.liveresponse.ledger.RequestError;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Stage;
import io.liveresponse.model.Verdict;
import io.liveresponse.worker.LedgerGuard.Question;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
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
    /** The stages whose requests a pause of the tenant holds back. */
    private static final Set<Stage> HELD_BY_PAUSES = EnumSet.of(Stage.TOKEN, Stage.ACTION, Stage.LINK, Stage.BLOB);
    /** How the reason of a pause by {@link Verdict#PAUSE_TENANT} begins, unlike that of any other pause. */
    static final Pattern REFUSAL = Pattern.compile("([A-Z]+(?:_[A-Z]+)+): .*", Pattern.DOTALL);
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Ledger ledger;
    private final LedgerGuard contact;
    private final FailureCounts failures;
    private final StorageProbe storage;
    private final Peers peers;
    private final NodeLock nodeLock;
    private final String owner;
    private final WorkerSettings settings;
    private final PauseGate actionPauses;
    private final BooleanSupplier stopping;
    private final Runnable wake;
    private final Clock clock;
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
     */
    Worker(Ledger ledger, LedgerGuard contact, FailureCounts failures, StorageProbe storage, Peers peers, NodeLock nodeLock,
            WorkerSettings settings,
            PauseGate actionPauses, BooleanSupplier stopping, Runnable wake, Clock clock) {
        this.ledger = ledger;
        this.contact = contact;
        this.failures = failures;
        this.storage = storage;
        this.peers = peers;
        this.nodeLock = nodeLock;
        this.owner = nodeLock.run().owner();
        this.settings = settings;
        this.actionPauses = actionPauses;
        this.stopping = stopping;
        this.wake = wake;
        this.clock = clock;
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
     * Claims requests of configured tenants, at most as many as there are idle workers; none while the ledger does not answer, a disk
     * is full or the process ends. A request on which this process is still at work, as after a lease that the ledger's clock ended,
     * has its lease back and is not among them: its call may be in flight.
     */
    public synchronized List<RequestRecord> claim() {
        int idle = settings.concurrency() - inProgress.size();
        if (idle < 1 || !alone || !isRunAllowed() || stopping.getAsBoolean() || storage.fault().isPresent()) {
            return List.of();
        }
        List<RequestRecord> claimed = orElse(() -> ledger.queue().claim(owner, LEASE, idle, settings.quotaKeys()::get,
                tenant -> !actionPauses.isPaused(tenant)), List.of());
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
     * Renews the leases of the requests in progress. A request that is held but not in progress is released: its end could not be
     * recorded.
     */
    public synchronized void renew() {
        alone = nodeLock.held();
        if (!alone) {
            LOG.error("Another run of this node is at work in the ledger; nothing is claimed until it ends");
        }
        Set<ResultKey> held = orElse(() -> ledger.queue().renew(owner, LEASE), Set.of());
        for (ResultKey key : held) {
            if (!inProgress.contains(key)) {
                settled(() -> ledger.settlement().postpone(key, owner, clock.instant(), "its end could not be recorded"));
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
     * Ends the work on a request: delivered, due again or dead-lettered. If the ledger does not answer, {@link #renew} releases the
     * request once it does.
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
                settled(() -> ledger.settlement().settleDelivered(request.key(), owner));
            } else if (end != null) {
                postpone(request, end.delay(), end.reason());
            } else if (stopping.getAsBoolean() || !isRunAllowed()) {
                postpone(request, Duration.ZERO, "the process ended while it was worked on");
            } else if (thrown == null) {
                failed(request,
                        new LiveResponseException(FailureCode.UNEXPECTED, "the routes stopped before every sink had it; see route-result"),
                        Verdict.RETRY.label(), sink, updated);
            } else {
                failed(request, named(thrown), verdict, sink, updated);
            }
        } finally {
            finished(request);
        }
    }

    private void failed(RequestRecord request, LiveResponseException failure, String label, String sink, Instant updated) {
        failures.add(failure.getCode());
        peers.reached(failure.getStage(), request.key().tenant());
        switch (verdict(label)) {
            case RETRY, LOOK_UP ->
                tryAgain(request, failure, current -> settings.retry().next(current, failure, now(), ThreadLocalRandom.current()));
            case NOT_YET -> {
                peers.served(Peers.of(failure, request.key(), sink));
                notYet(request, failure, updated);
            }
            case POSTPONE -> postpone(request, failure.getRetryAfter().orElse(Duration.ZERO), failure.getMessage());
            case PAUSE_PEER -> pausePeer(request, failure, sink);
            case PAUSE_TENANT -> pauseTenant(request, failure, sink);
            case DEAD -> {
                peers.served(Peers.of(failure, request.key(), sink));
                deadLetter(request, failure);
            }
        }
    }

    private static Verdict verdict(String label) {
        return label == null ? Verdict.DEAD : Verdict.of(label).orElseGet(() -> {
            LOG.warn("failure-policy sets the verdict {}, which does not exist; it counts as retry", label);
            return Verdict.RETRY;
        });
    }

    /** The API answers, so no attempt has failed: otherwise a long wait would leave none for an outage after it. */
    private void notYet(RequestRecord request, LiveResponseException failure, Instant updated) {
        Optional<Instant> next;
        try {
            next = settings.retry().untilGraceEnds(request, updated, failure, now(), ThreadLocalRandom.current());
        } catch (LiveResponseException e) {
            // released by renew
            return;
        }
        if (next.isEmpty()) {
            deadLetter(request, failure);
        } else {
            settled(() -> ledger.settlement().postpone(request.key(), owner, next.get(), failure.getCode() + ": " + failure.getMessage()));
        }
    }

    private void pausePeer(RequestRecord request, LiveResponseException failure, String sink) {
        if (failure.getStage() == Stage.LEDGER) {
            postpone(request, settings.retry().duringOutage(Duration.ZERO, failure, ThreadLocalRandom.current()), failure.getMessage());
            return;
        }
        Optional<Duration> outage = peers.failed(Peers.of(failure, request.key(), sink), failure.getMessage());
        if (outage.isEmpty()) {
            tryAgain(request, failure, current -> settings.retry().next(current, failure, now(), ThreadLocalRandom.current()));
            return;
        }
        Duration wait = settings.retry().duringOutage(outage.get(), failure, ThreadLocalRandom.current());
        pause(request.key().tenant(), failure.getStage(), wait,
                "the " + failure.getStage() + " stage has failed for " + outage.get().toSeconds() + " s");
        postpone(request, wait, failure.getMessage());
    }

    /** Only a person can fix it, so the other side is called once a pause. */
    private void pauseTenant(RequestRecord request, LiveResponseException failure, String sink) {
        Duration wait = settings.retry().maxDelay();
        peers.refused(Peers.of(failure, request.key(), sink), failure.getMessage());
        pause(request.key().tenant(), failure.getStage(), wait, failure.getCode() + ": " + failure.getMessage());
        postpone(request, HELD_BY_PAUSES.contains(failure.getStage()) ? Duration.ZERO : wait, failure.getMessage());
    }

    private void pause(String tenant, Stage stage, Duration wait, String reason) {
        if (stage == Stage.TOKEN || stage == Stage.ACTION) {
            actionPauses.pause(tenant, wait);
        }
        if (HELD_BY_PAUSES.contains(stage) && stage != Stage.ACTION) {
            settled(() -> {
                ledger.quota().pause(tenant, clock.instant().plus(wait), reason);
                return true;
            });
        }
    }

    private void deadLetter(RequestRecord request, LiveResponseException failure) {
        if (settled(() -> ledger.settlement().dead(request.key(), owner, RequestError.of(failure)))) {
            LOG.warn("{}: {} at {}; dead-lettered, fix the cause, then replay: {}",
                    request.key(), failure.getCode(), failure.getStage(), failure.getMessage());
        }
    }

    /** The worker is idle again. */
    private void finished(RequestRecord request) {
        boolean again;
        synchronized (this) {
            inProgress.remove(request.key());
            again = claimedAgain.remove(request.key());
        }
        if (again) {
            // claimed after its end was recorded; if before, this changes nothing
            settled(() -> ledger.settlement().postpone(request.key(), owner, clock.instant(), "its earlier work has ended"));
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
        orElse(() -> ledger.queue().release(owner), 0);
    }

    /** When a request may be tried again; empty if it has been tried often or long enough. */
    @FunctionalInterface
    private interface NextAttempt {
        Optional<Instant> after(RequestRecord current) throws LiveResponseException;
    }

    private void tryAgain(RequestRecord request, LiveResponseException failure, NextAttempt plan) {
        Optional<Instant> next;
        try {
            // as it stands now: the attempts are counted anew once the bytes are here
            RequestRecord current = contact.ask(() -> ledger.archive().show(request.key()).map(Timeline::request).orElse(request));
            next = plan.after(current);
        } catch (LiveResponseException e) {
            // released by renew
            return;
        }
        if (next.isPresent()) {
            settled(() -> ledger.settlement().retryAt(request.key(), owner, next.get(), RequestError.of(failure)));
            LOG.debug("{}: {} at {}; retried at {}", request.key(), failure.getCode(), failure.getStage(), next.get());
        } else {
            deadLetter(request, failure);
        }
    }

    private Instant now() throws LiveResponseException {
        return contact.ask(clock::instant);
    }

    private void postpone(RequestRecord request, Duration wait, String reason) {
        settled(() -> ledger.settlement().postpone(request.key(), owner, clock.instant().plus(wait), reason));
    }

    private boolean settled(Question<Boolean> settlement) {
        return orElse(settlement, false);
    }

    private <T> T orElse(Question<T> question, T otherwise) {
        try {
            return contact.ask(question);
        } catch (LiveResponseException e) {
            // logged once by the contact
            return otherwise;
        }
    }

    private static LiveResponseException named(Exception thrown) {
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        return named != null
                ? named
                : new LiveResponseException(FailureCode.UNEXPECTED, "a route failed with " + thrown.getClass().getName()
                        + "; see the log, and fix the route or report it");
    }
}
