package io.liveresponse.work;

import io.liveresponse.failure.FailureCode;
import io.liveresponse.failure.LiveResponseException;
import io.liveresponse.fetch.PauseGate;
import io.liveresponse.ledger.Acceptance;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.RequestError;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.request.Request;
import io.liveresponse.request.RequestChunk;
import io.liveresponse.request.RequestEntry;
import io.liveresponse.result.Result;
import io.liveresponse.result.ResultKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the worker's routes ask of the ledger. One instance is one owner of leases: when it stops it gives back what it
 * holds. Thread-safe.
 */
public final class Work extends ServiceSupport {

    /** Three renewals fit into a lease; see {@code worker-lease.camel.yaml}. */
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Set<FailureCode> WITHOUT_RESULT =
            Set.of(FailureCode.LINK_NOT_FOUND, FailureCode.LINK_NOT_READY, FailureCode.LINK_BAD_REQUEST);
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final Ledger ledger;
    private final String owner;
    private final int hands;
    private final RetryPlan plan;
    private final PauseGate actionPauses;
    private final Clock clock;
    private final AtomicInteger busy = new AtomicInteger();

    /**
     * @param owner the name under which this process holds leases; see {@link io.liveresponse.ledger.WorkQueue}
     * @param hands how many requests are worked on at once
     * @param actionPauses which tenants may not be asked about actions for now
     * @param clock the ledger's
     */
    Work(Ledger ledger, String owner, int hands, RetryPlan plan, PauseGate actionPauses, Clock clock) {
        this.ledger = ledger;
        this.owner = owner;
        this.hands = hands;
        this.plan = plan;
        this.actionPauses = actionPauses;
        this.clock = clock;
    }

    /** Also a request that stands for a whole action; see {@link ActionWork}. */
    public Acceptance accept(@Body Request request) {
        return ledger.intake().accept(request(request));
    }

    /**
     * Many at once, in far fewer commits. Safe to repeat.
     *
     * @return the entries that are no requests
     */
    public List<RequestEntry> acceptAll(@Body RequestChunk chunk) {
        ledger.intake().accept(chunk.requests().stream().map(Work::request).iterator());
        return chunk.rejected();
    }

    private static NewRequest request(Request request) {
        return new NewRequest(request.ledgerKey(), request.action(), null);
    }

    /** At most as many as there are free hands. */
    public List<RequestRecord> claim() {
        int free = hands - busy.get();
        List<RequestRecord> claimed = free < 1 || !isRunAllowed() ? List.of() : ledger.queue().claim(owner, LEASE, free, tenant -> !actionPauses.isPaused(tenant));
        busy.addAndGet(claimed.size());
        return claimed;
    }

    public void renew() {
        ledger.queue().renew(owner, LEASE);
    }

    /**
     * The bytes are here.
     *
     * @throws IllegalStateException where the lease was lost, so that another node may be at it
     */
    public void fetched(@Body Result result) {
        boolean held = ledger.settlement().fetched(result.key(), owner, new FetchedFacts(result.outcome(), result.exitCode(),
                result.scriptName(), result.sha256(), result.sizeBytes(), result.blob().path().toString(),
                result.blob().offeredFileName(), result.receivedAt()));
        if (!held) {
            throw new IllegalStateException("the lease on " + result.key() + " was lost");
        }
    }

    /** Every sink has it. */
    public void delivered(@Variable(WorkVariables.LEASE) RequestRecord request) {
        ledger.settlement().settleDelivered(request.key(), owner);
    }

    /** Whether the API says that there is no such result, or none yet; which of the two, its action tells. */
    public boolean isWithoutResult(@Variable(WorkVariables.FAILURE) Exception thrown) {
        return WITHOUT_RESULT.contains(named(thrown).getCode());
    }

    /** Due again, unless it was tried often or long enough. */
    public void retry(@Variable(WorkVariables.LEASE) RequestRecord request, @Variable(WorkVariables.FAILURE) Exception thrown) {
        LiveResponseException failure = named(thrown);
        Instant now = clock.instant();
        if (failure.getCode() == FailureCode.LINK_QUOTA_EXCEEDED || failure.getCode() == FailureCode.ACTION_QUOTA_EXCEEDED) {
            ledger.settlement().postpone(request.key(), owner, now.plus(failure.getRetryAfter().orElse(Duration.ZERO)), failure.getMessage());
            return;
        }
        Optional<Instant> next = plan.next(current(request), failure, now, ThreadLocalRandom.current());
        if (next.isPresent()) {
            ledger.settlement().retryAt(request.key(), owner, next.get(), RequestError.of(failure));
            LOG.debug("{}: {} at {}; tried again at {}", request.key(), failure.getCode(), failure.getStage(), next.get());
        } else {
            dead(request, failure);
        }
    }

    /** It will not get better by itself. */
    public void dead(@Variable(WorkVariables.LEASE) RequestRecord request, @Variable(WorkVariables.FAILURE) Exception thrown) {
        LiveResponseException failure = named(thrown);
        if (ledger.settlement().dead(request.key(), owner, RequestError.of(failure))) {
            LOG.warn("{}: {} at {}; dead, replay it once mended: {}",
                    request.key(), failure.getCode(), failure.getStage(), failure.getMessage());
        }
    }

    /** A hand is free again. */
    public void finished() {
        busy.decrementAndGet();
    }

    /** Takes back what an earlier run of the same owner held when it died. */
    @Override
    protected void doStart() {
        ledger.queue().release(owner);
    }

    @Override
    protected void doStop() {
        ledger.queue().release(owner);
    }

    /** The attempts as they stand now: they are counted anew once the bytes are here. */
    private RequestRecord current(RequestRecord claimed) {
        return ledger.archive().show(claimed.key()).map(timeline -> timeline.request()).orElse(claimed);
    }

    private static LiveResponseException named(Exception thrown) {
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        return named != null ? named
                : new LiveResponseException(FailureCode.UNEXPECTED, "a route failed with " + thrown.getClass().getName()
                        + "; see the log, and mend the route or report it");
    }
}
