package io.liveresponse.worker;

import io.liveresponse.fetch.PauseGate;
import io.liveresponse.intake.RequestChunk;
import io.liveresponse.intake.RequestEntry;
import io.liveresponse.ledger.Acceptance;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.RequestError;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.worker.LedgerGuard.Question;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
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
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Set<FailureCode> WITHOUT_RESULT =
            Set.of(FailureCode.LINK_NOT_FOUND, FailureCode.LINK_NOT_READY, FailureCode.LINK_BAD_REQUEST);
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Ledger ledger;
    private final LedgerGuard contact;
    private final FailureCounts failures;
    private final StorageProbe storage;
    private final String owner;
    private final int hands;
    private final RetryPlan plan;
    private final PauseGate actionPauses;
    private final Map<String, String> quotaKeys;
    private final Clock clock;
    private final Set<ResultKey> inHand = new HashSet<>();

    /**
     * @param failures is told each one
     * @param storage where it has a fault, nothing is claimed
     * @param owner   the name under which this process holds leases; see {@link io.liveresponse.ledger.WorkQueue}
     * @param hands   how many requests are worked on at once
     * @param actionPauses which tenants may not be asked about actions for now
     * @param quotaKeys the id of each tenant of the settings, by its name; no other tenant's requests are claimed
     * @param clock   the ledger's
     */
    Worker(Ledger ledger, LedgerGuard contact, FailureCounts failures, StorageProbe storage, String owner, int hands, RetryPlan plan,
            PauseGate actionPauses, Map<String, String> quotaKeys, Clock clock) {
        this.ledger = ledger;
        this.contact = contact;
        this.failures = failures;
        this.storage = storage;
        this.owner = owner;
        this.hands = hands;
        this.plan = plan;
        this.actionPauses = actionPauses;
        this.quotaKeys = quotaKeys;
        this.clock = clock;
    }

    /**
     * Also a request that stands for a whole action; see {@link ActionWork}.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    public Acceptance accept(@Body Request request) throws LiveResponseException {
        return contact.ask(() -> ledger.intake().accept(request(request)));
    }

    /**
     * Many at once, in far fewer commits. Safe to repeat.
     *
     * @return the entries that are no requests
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    public List<RequestEntry> acceptAll(@Body RequestChunk chunk) throws LiveResponseException {
        contact.ask(() -> ledger.intake().accept(chunk.requests().stream().map(Worker::request).iterator()));
        return chunk.rejected();
    }

    private static NewRequest request(Request request) {
        return new NewRequest(request.ledgerKey(), request.action(), null);
    }

    /** At most as many as there are free hands; none while the ledger is out of reach or the disk takes nothing. */
    public synchronized List<RequestRecord> claim() {
        int free = hands - inHand.size();
        if (free < 1 || !isRunAllowed() || storage.fault().isPresent()) {
            return List.of();
        }
        List<RequestRecord> claimed = orElse(() -> ledger.queue().claim(owner, LEASE, free, quotaKeys::get,
                tenant -> !actionPauses.isPaused(tenant)), List.of());
        claimed.forEach(request -> inHand.add(request.key()));
        return claimed;
    }

    /**
     * Makes the leases of what is in hand last. What is held but in nobody's hand is given back: the ledger could not be told
     * what became of it.
     */
    public synchronized void renew() {
        Set<ResultKey> held = orElse(() -> ledger.queue().renew(owner, LEASE), Set.of());
        for (ResultKey key : held) {
            if (!inHand.contains(key)) {
                settle(() -> ledger.settlement().postpone(key, owner, clock.instant(), "the ledger did not answer"));
            }
        }
    }

    /**
     * The bytes are here.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     * @throws IllegalStateException where the lease was lost, so that another node may be at it
     */
    public void fetched(@Body Result result) throws LiveResponseException {
        FetchedFacts facts = new FetchedFacts(result.outcome(), result.exitCode(),
                result.scriptName(), result.sha256(), result.sizeBytes(), result.blob().path().toString(),
                result.blob().offeredFileName(), result.receivedAt());
        if (!contact.ask(() -> ledger.settlement().fetched(result.key(), owner, facts))) {
            throw new IllegalStateException("the lease on " + result.key() + " was lost");
        }
    }

    /** Every sink has it. */
    public void delivered(@Variable(WorkerVariables.LEASE) RequestRecord request) {
        settle(() -> ledger.settlement().settleDelivered(request.key(), owner));
    }

    /** Whether the API says that there is no such result, or none yet; which of the two, its action tells. */
    public boolean isWithoutResult(@Variable(WorkerVariables.FAILURE) Exception thrown) {
        return WITHOUT_RESULT.contains(named(thrown).getCode());
    }

    /** Due again, unless it was tried often or long enough. What is wrong on this side is no attempt of the request's. */
    public void retry(@Variable(WorkerVariables.LEASE) RequestRecord request, @Variable(WorkerVariables.FAILURE) Exception thrown) {
        LiveResponseException failure = named(thrown);
        failures.add(failure.getCode());
        again(request, failure);
    }

    private void again(RequestRecord request, LiveResponseException failure) {
        switch (failure.getCode()) {
            case LINK_QUOTA_EXCEEDED, ACTION_QUOTA_EXCEEDED -> postpone(request, failure, failure.getRetryAfter().orElse(Duration.ZERO));
            case TOKEN_REFUSED -> {
                pause(request.key().tenant(), failure);
                postpone(request, failure, Duration.ZERO);
            }
            case LEDGER_UNAVAILABLE, BLOB_NOT_STORED, DELIVERY_NOT_STORED ->
                    postpone(request, failure, plan.ownFault(ThreadLocalRandom.current()));
            default -> tryAgain(request, failure);
        }
    }

    /** It will not get better by itself. */
    public void dead(@Variable(WorkerVariables.LEASE) RequestRecord request, @Variable(WorkerVariables.FAILURE) Exception thrown) {
        LiveResponseException failure = named(thrown);
        failures.add(failure.getCode());
        if (failure.getCode() == FailureCode.LEDGER_UNAVAILABLE) {
            again(request, failure);
        } else {
            settleDead(request, failure);
        }
    }

    private void settleDead(RequestRecord request, LiveResponseException failure) {
        if (settle(() -> ledger.settlement().dead(request.key(), owner, RequestError.of(failure)))) {
            LOG.warn("{}: {} at {}; dead, replay it once mended: {}",
                    request.key(), failure.getCode(), failure.getStage(), failure.getMessage());
        }
    }

    /** A hand is free again. */
    public synchronized void finished(@Variable(WorkerVariables.LEASE) RequestRecord request) {
        inHand.remove(request.key());
    }

    /** Takes back what an earlier run of the same owner held when it died, and tries a refused sign-in anew: its setting may be mended. */
    @Override
    protected synchronized void doStart() {
        ledger.queue().release(owner, LEASE);
        ledger.quota().endPauses(FailureCode.TOKEN_REFUSED.name());
    }

    @Override
    protected synchronized void doStop() {
        orElse(() -> ledger.queue().release(owner, LEASE), 0);
    }

    private void tryAgain(RequestRecord request, LiveResponseException failure) {
        Optional<Instant> next;
        try {
            // as it stands now: the attempts are counted anew once the bytes are here
            RequestRecord current = contact.ask(() -> ledger.archive().show(request.key()).map(Timeline::request).orElse(request));
            next = plan.next(current, failure, contact.ask(clock::instant), ThreadLocalRandom.current());
        } catch (LiveResponseException e) {
            // comes to be done once more: see renew
            return;
        }
        if (next.isPresent()) {
            settle(() -> ledger.settlement().retryAt(request.key(), owner, next.get(), RequestError.of(failure)));
            LOG.debug("{}: {} at {}; tried again at {}", request.key(), failure.getCode(), failure.getStage(), next.get());
        } else {
            settleDead(request, failure);
        }
    }

    private void postpone(RequestRecord request, LiveResponseException failure, Duration wait) {
        settle(() -> ledger.settlement().postpone(request.key(), owner, clock.instant().plus(wait), failure.getMessage()));
    }

    /** Nobody but a person can mend it, so the sign-in host is left in peace in between. */
    private void pause(String tenant, LiveResponseException failure) {
        LOG.warn("{}; the tenant pauses for {} s", failure.getMessage(), plan.maxDelay().toSeconds());
        settle(() -> {
            ledger.quota().pause(tenant, clock.instant().plus(plan.maxDelay()), failure.getCode() + ": " + failure.getMessage());
            return true;
        });
    }

    /** What the ledger cannot be told now comes to be done once more: see {@link #renew}. */
    private boolean settle(Question<Boolean> settlement) {
        return orElse(settlement, false);
    }

    private <T> T orElse(Question<T> question, T otherwise) {
        try {
            return contact.ask(question);
        } catch (LiveResponseException e) {
            // said once by the contact
            return otherwise;
        }
    }

    private static LiveResponseException named(Exception thrown) {
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        return named != null ? named
                : new LiveResponseException(FailureCode.UNEXPECTED, "a route failed with " + thrown.getClass().getName()
                        + "; see the log, and mend the route or report it");
    }
}
