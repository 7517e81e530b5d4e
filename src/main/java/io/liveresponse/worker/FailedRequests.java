package io.liveresponse.worker;

import io.liveresponse.fetch.PauseGate;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RequestError;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Stage;
import io.liveresponse.model.Verdict;
import io.liveresponse.worker.LedgerGuard.Question;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the verdicts of {@code failure-policy}: a request that failed is due again, waits for a peer, or is dead. Thread-safe. */
final class FailedRequests {

    private static final Logger LOG = LoggerFactory.getLogger(FailedRequests.class);
    /** The stages whose requests a pause of the tenant holds back. */
    private static final Set<Stage> HELD_BY_PAUSES = EnumSet.of(Stage.TOKEN, Stage.ACTION, Stage.LINK, Stage.BLOB);

    private final Ledger ledger;
    private final LedgerGuard contact;
    private final String owner;
    private final FailureCounts failures;
    private final Peers peers;
    private final RetryPlan retry;
    private final PauseGate actionPauses;
    private final Clock clock;

    /** @param clock the ledger's; asked inside of {@code contact} only, since it may need the database */
    FailedRequests(Ledger ledger, LedgerGuard contact, String owner, FailureCounts failures, Peers peers, RetryPlan retry,
            PauseGate actionPauses, Clock clock) {
        this.ledger = ledger;
        this.contact = contact;
        this.owner = owner;
        this.failures = failures;
        this.peers = peers;
        this.retry = retry;
        this.actionPauses = actionPauses;
        this.clock = clock;
    }

    /**
     * Records what becomes of the request. If the ledger does not answer, it is told before the next claim.
     *
     * @param label   of a {@link Verdict}; null for a failure that no policy knows
     * @param sink    the sink that was served last, or null
     * @param updated when the request's action last changed, or null
     */
    void settle(RequestRecord request, LiveResponseException failure, String label, String sink, Instant updated) {
        failures.add(failure.getCode());
        peers.reached(failure.getStage(), request.key().tenant());
        switch (verdict(label)) {
            case RETRY, LOOK_UP -> tryAgain(request, failure);
            case NOT_YET -> {
                peers.served(Peers.of(failure, request.key(), sink));
                notYet(request, failure, updated);
            }
            case POSTPONE -> postpone(request.key(), failure.getRetryAfter().orElse(Duration.ZERO), failure.getMessage());
            case PAUSE_PEER -> pausePeer(request, failure, sink);
            case PAUSE_TENANT -> pauseTenant(request, failure, sink);
            case DEAD -> {
                peers.served(Peers.of(failure, request.key(), sink));
                record(() -> deadLetter(request, failure));
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
        recordAsOfNow(now -> {
            Optional<Instant> next = retry.untilGraceEnds(request, updated, failure, now, ThreadLocalRandom.current());
            return next.isPresent()
                    ? ledger.settlement().postpone(request.key(), owner, next.get(), failure.getCode() + ": " + failure.getMessage())
                    : deadLetter(request, failure);
        });
    }

    private void pausePeer(RequestRecord request, LiveResponseException failure, String sink) {
        if (failure.getStage() == Stage.LEDGER) {
            postpone(request.key(), retry.duringOutage(Duration.ZERO, failure, ThreadLocalRandom.current()), failure.getMessage());
            return;
        }
        Optional<Duration> outage = peers.failed(Peers.of(failure, request.key(), sink), failure.getMessage());
        if (outage.isEmpty()) {
            tryAgain(request, failure);
            return;
        }
        Duration wait = retry.duringOutage(outage.get(), failure, ThreadLocalRandom.current());
        pause(request.key().tenant(), failure.getStage(), wait,
                "the " + failure.getStage() + " stage has failed for " + outage.get().toSeconds() + " s");
        postpone(request.key(), wait, failure.getMessage());
    }

    /** Only a person can fix it, so the other side is called once a pause. */
    private void pauseTenant(RequestRecord request, LiveResponseException failure, String sink) {
        Duration wait = retry.maxDelay();
        peers.refused(Peers.of(failure, request.key(), sink), failure.getMessage());
        pause(request.key().tenant(), failure.getStage(), wait, failure.getCode() + ": " + failure.getMessage());
        postpone(request.key(), HELD_BY_PAUSES.contains(failure.getStage()) ? Duration.ZERO : wait, failure.getMessage());
    }

    private void pause(String tenant, Stage stage, Duration wait, String reason) {
        if (stage == Stage.TOKEN || stage == Stage.ACTION) {
            actionPauses.pause(tenant, wait);
        }
        if (HELD_BY_PAUSES.contains(stage) && stage != Stage.ACTION) {
            // not told later: the next failure pauses again
            contact.askOr(() -> {
                ledger.quota().pause(tenant, clock.instant().plus(wait), reason);
                return true;
            }, false);
        }
    }

    private void tryAgain(RequestRecord request, LiveResponseException failure) {
        recordAsOfNow(now -> {
            // as it stands now: the attempts are counted anew once the bytes are here
            RequestRecord current = ledger.archive().show(request.key()).map(Timeline::request).orElse(request);
            Optional<Instant> next = retry.next(current, failure, now, ThreadLocalRandom.current());
            LOG.debug("{}: {} at {}; next attempt {}", request.key(), failure.getCode(), failure.getStage(), next);
            return next.isPresent()
                    ? ledger.settlement().retryAt(request.key(), owner, next.get(), RequestError.of(failure))
                    : deadLetter(request, failure);
        });
    }

    /** @return false if another run holds the request by now */
    private boolean deadLetter(RequestRecord request, LiveResponseException failure) {
        boolean recorded = ledger.settlement().dead(request.key(), owner, RequestError.of(failure));
        if (recorded) {
            LOG.warn("{}: {} at {}; dead-lettered, fix the cause, then replay: {}",
                    request.key(), failure.getCode(), failure.getStage(), failure.getMessage());
        }
        return recorded;
    }

    /** Due again after that time; no attempt is counted. */
    void postpone(ResultKey key, Duration wait, String reason) {
        recordAsOfNow(now -> ledger.settlement().postpone(key, owner, now.plus(wait), reason));
    }

    /** @param settlement gets the ledger's time of this call, also if it is told later: an outage of the ledger uses up no grace and no wait */
    private void recordAsOfNow(Function<Instant, Boolean> settlement) {
        long began = System.nanoTime();
        record(() -> settlement.apply(clock.instant().minusNanos(System.nanoTime() - began)));
    }

    /** Settles the request now, or before the next claim. */
    void record(Question<Boolean> settlement) {
        try {
            contact.tell(settlement);
        } catch (LiveResponseException e) {
            LOG.debug("Told before the next claim: {}", e.getMessage());
        }
    }
}
