package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final RetryPlan PLAN = new RetryPlan(3, Duration.ofSeconds(2), Duration.ofSeconds(300), Duration.ofHours(3));
    private static final LiveResponseException FAILURE = new LiveResponseException(FailureCode.UNEXPECTED, "any code");

    private final Random random = new Random(1);

    private static RequestRecord request(int attempts, Instant created, Instant accepted) {
        ActionFacts action = new ActionFacts(null, null, null, null, null, null, null, created);
        return new RequestRecord(1, new ResultKey("contoso", "5382f7ea-7557-4ab7-9782-d50480024a4e", 0), RequestState.CLAIMED, attempts,
                accepted, null, null, "node", null, action, null, null, 1);
    }

    private static Instant hoursAgo(int hours) {
        return NOW.minus(Duration.ofHours(hours));
    }

    @Test
    void the_grace_counts_from_the_latest_of_creation_acceptance_and_last_update() {
        assertThat(PLAN.untilGraceEnds(request(0, hoursAgo(4), hoursAgo(1)), null, FAILURE, NOW, random)).isPresent();
        assertThat(PLAN.untilGraceEnds(request(0, hoursAgo(1), hoursAgo(4)), null, FAILURE, NOW, random)).isPresent();
        assertThat(PLAN.untilGraceEnds(request(0, hoursAgo(4), hoursAgo(4)), hoursAgo(1), FAILURE, NOW, random)).isPresent();
        assertThat(PLAN.untilGraceEnds(request(0, null, hoursAgo(1)), null, FAILURE, NOW, random)).isPresent();
        assertThat(PLAN.untilGraceEnds(request(0, hoursAgo(4), hoursAgo(4)), hoursAgo(4), FAILURE, NOW, random)).isEmpty();
    }

    @Test
    void the_attempts_are_bounded_whatever_the_code() {
        assertThat(PLAN.next(request(1, null, NOW), FAILURE, NOW, random)).isPresent();
        assertThat(PLAN.next(request(2, null, NOW), FAILURE, NOW, random)).isEmpty();
    }

    @Test
    void the_wait_during_an_outage_grows_with_it_within_its_limits() {
        assertThat(PLAN.duringOutage(Duration.ZERO, FAILURE, random)).isBetween(Duration.ofMillis(1_400), Duration.ofMillis(2_600));
        assertThat(PLAN.duringOutage(Duration.ofSeconds(60), FAILURE, random)).isBetween(Duration.ofSeconds(21), Duration.ofSeconds(39));
        assertThat(PLAN.duringOutage(Duration.ofDays(1), FAILURE, random)).isBetween(Duration.ofSeconds(210), Duration.ofSeconds(390));
    }
}
