package io.liveresponse.worker;

import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * When a failed request is tried again: as the other side asked, else later each time, spread by jitter so that those who
 * failed together do not come back together.
 *
 * @param attempts how many attempts a stage has before the request is dead
 * @param delay    the first wait
 * @param maxDelay the longest
 * @param grace    how long after its action began a 404 or 409 of the API may mean "not yet", attempts or not
 */
record RetryPlan(int attempts, Duration delay, Duration maxDelay, Duration grace) {

    private static final Set<FailureCode> PENDING =
            Set.of(FailureCode.LINK_NOT_FOUND, FailureCode.LINK_NOT_READY, FailureCode.ACTION_NOT_FOUND);
    private static final int MOST_DOUBLINGS = 30;
    private static final double JITTER = 0.3;
    private static final Duration LONGEST_OWN_FAULT = Duration.ofSeconds(30);

    static RetryPlan of(Settings settings) {
        return new RetryPlan(settings.integer("live-response.retry.attempts"),
                Duration.ofMillis(settings.integer("live-response.retry.delay")),
                Duration.ofMillis(settings.integer("live-response.retry.max-delay")),
                settings.duration("live-response.retry.grace"));
    }

    /** @return the next attempt, or empty where there have been enough */
    Optional<Instant> next(RequestRecord request, LiveResponseException failure, Instant now, RandomGenerator random) {
        boolean pending = PENDING.contains(failure.getCode());
        Instant began = request.action().createdAt() == null ? request.acceptedAt() : request.action().createdAt();
        boolean goesOn = pending ? now.isBefore(began.plus(grace)) : request.attempts() + 1 < attempts;
        return goesOn ? Optional.of(now.plus(wait(request.attempts(), failure, random))) : Optional.empty();
    }

    /** How long to wait where the fault is on this side, such as a full disk: it ends for all requests at once, however often they were tried. */
    Duration ownFault(RandomGenerator random) {
        long millis = Math.min(maxDelay.toMillis(), LONGEST_OWN_FAULT.toMillis());
        return Duration.ofMillis(Math.round(millis * (1 - JITTER * random.nextDouble())));
    }

    private Duration wait(int failedBefore, LiveResponseException failure, RandomGenerator random) {
        double doubled = delay.toMillis() * Math.pow(2, Math.min(failedBefore, MOST_DOUBLINGS));
        double capped = Math.min(doubled, maxDelay.toMillis());
        Duration own = Duration.ofMillis(Math.round(capped * (1 - JITTER + 2 * JITTER * random.nextDouble())));
        Duration asked = failure.getRetryAfter().orElse(Duration.ZERO);
        return asked.compareTo(own) > 0 ? asked : own;
    }
}
