package io.liveresponse.worker;

import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * When a failed request is tried again; that it is, the retry table says.
 *
 * @param attempts the most attempts at one stage
 * @param delay    the first wait; it doubles with each attempt
 * @param maxDelay the longest wait, unless the other side asks for more
 * @param grace    how long a result may be missing before it counts as one that never comes
 */
record RetryPlan(int attempts, Duration delay, Duration maxDelay, Duration grace) {

    private static final int MOST_DOUBLINGS = 30;
    private static final double JITTER = 0.3;

    static RetryPlan of(Settings settings) {
        return new RetryPlan(settings.integer("live-response.retry.attempts"),
                Duration.ofMillis(settings.integer("live-response.retry.delay")),
                Duration.ofMillis(settings.integer("live-response.retry.max-delay")),
                settings.duration("live-response.retry.grace"));
    }

    /** @return the next attempt, or empty if there have been enough */
    Optional<Instant> next(RequestRecord request, LiveResponseException failure, Instant now, RandomGenerator random) {
        return request.attempts() + 1 < attempts ? Optional.of(now.plus(wait(request.attempts(), failure, random))) : Optional.empty();
    }

    /**
     * The grace counts from the latest of the action's creation, the request's acceptance and the action's last update: the device
     * may have been offline for hours. No attempt has failed, so the wait grows with that age and not with the attempts.
     *
     * @param updated when the action last changed, or null if that is not known
     * @return the next attempt, or empty if the grace has passed
     */
    Optional<Instant> untilGraceEnds(RequestRecord request, Instant updated, LiveResponseException failure, Instant now,
            RandomGenerator random) {
        Instant latest = Stream.of(request.action().createdAt(), request.acceptedAt(), updated).filter(Objects::nonNull)
                .max(Instant::compareTo).orElseThrow();
        Duration age = Duration.between(latest, now);
        return now.isBefore(latest.plus(grace)) ? Optional.of(now.plus(duringOutage(age, failure, random))) : Optional.empty();
    }

    /** Half as long as the outage has lasted, so that it is noticed soon when a short one ends, and a long one is not hammered at. */
    Duration duringOutage(Duration lasted, LiveResponseException failure, RandomGenerator random) {
        long millis = Math.min(Math.max(lasted.toMillis() / 2, delay.toMillis()), maxDelay.toMillis());
        return atLeastAsAsked(Duration.ofMillis(jittered(millis, random)), failure);
    }

    private Duration wait(int failedBefore, LiveResponseException failure, RandomGenerator random) {
        double doubled = delay.toMillis() * Math.pow(2, Math.min(failedBefore, MOST_DOUBLINGS));
        return atLeastAsAsked(Duration.ofMillis(jittered(Math.min(doubled, maxDelay.toMillis()), random)), failure);
    }

    private static long jittered(double millis, RandomGenerator random) {
        return Math.round(millis * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }

    private static Duration atLeastAsAsked(Duration own, LiveResponseException failure) {
        Duration asked = failure.getRetryAfter().orElse(Duration.ZERO);
        return asked.compareTo(own) > 0 ? asked : own;
    }
}
