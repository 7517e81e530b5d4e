package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.ledger.DeliveryAttempt.Decision;
import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryFenceTest extends OnBothDatabases {

    /** A request time-out of a minute and a search that lags by two. */
    private static final Duration STALE = Duration.ofMinutes(3);
    private static final DeliveryAttempt FIRST = new DeliveryAttempt(Decision.BEGIN, null, null, null);

    private final ResultKey key = key("contoso", 0);

    @BeforeEach
    void claim() {
        accept("contoso", 1);
        ledger.queue().claim("first", LEASE, 1);
        ledger.settlement().fetched(key, "first", succeeded(clock.instant()));
    }

    @Test
    void an_attempt_renews_the_lease_and_is_no_delivery_yet() {
        clock.advance(Duration.ofMinutes(4));
        assertThat(begin("first")).isEqualTo(FIRST);

        assertThat(ledger.settlement().deliveries(key)).isEmpty();
        assertThat(ledger.archive().show(key).orElseThrow().request().leaseEnd()).isEqualTo(clock.instant().plus(LEASE));
        clock.advance(Duration.ofMinutes(4));
        assertThat(ledger.queue().claim("second", LEASE, 1)).isEmpty();
    }

    @Test
    void a_run_that_lost_its_lease_does_not_begin_and_leaves_no_mark() {
        clock.advance(LEASE);
        assertThat(ledger.queue().claim("second", LEASE, 1)).hasSize(1);

        assertThatThrownBy(() -> begin("first")).isInstanceOf(LeaseLostException.class).hasMessageContaining(key.toString());
        assertThat(begin("second")).isEqualTo(FIRST);
    }

    @Test
    void a_stale_attempt_of_a_run_that_was_killed_is_waited_for_before_another_looks_and_creates() {
        Instant began = clock.instant();
        begin("first");
        clock.advance(LEASE);
        assertThat(ledger.queue().claim("second", LEASE, 1)).hasSize(1);

        Instant seen = clock.instant();
        assertThat(begin("second")).isEqualTo(new DeliveryAttempt(Decision.WAIT, null, seen.plus(STALE), began));
        clock.advance(STALE.minusMillis(1));
        assertThat(begin("second")).isEqualTo(new DeliveryAttempt(Decision.WAIT, null, seen.plus(STALE), began));
        clock.advance(Duration.ofMillis(1));
        assertThat(begin("second")).isEqualTo(new DeliveryAttempt(Decision.BEGIN, null, null, began));
        // recorded anew: a third run waits for the second
        ledger.queue().release("second");
        assertThat(ledger.queue().claim("third", LEASE, 1)).hasSize(1);
        assertThat(begin("third").decision()).isEqualTo(Decision.WAIT);
    }

    @Test
    void a_clock_that_steps_ends_leases_but_shortens_no_wait_for_the_call_of_a_run_that_is_alive() {
        begin("first");
        clock.step(LEASE.plus(STALE));
        assertThat(ledger.queue().claim("second", LEASE, 1)).hasSize(1);

        assertThat(begin("second").decision()).isEqualTo(Decision.WAIT);
        clock.step(STALE.multipliedBy(2));
        assertThat(begin("second").decision()).isEqualTo(Decision.WAIT);
        clock.advance(STALE);
        assertThat(begin("second").decision()).isEqualTo(Decision.BEGIN);
    }

    @Test
    void an_attempt_that_is_made_anew_is_waited_for_anew() {
        begin("first");
        clock.advance(LEASE);
        ledger.queue().claim("second", LEASE, 1);
        begin("second");
        ledger.queue().release("second");
        ledger.queue().claim("first", LEASE, 1);
        clock.advance(STALE);
        begin("first");
        ledger.queue().release("first");
        ledger.queue().claim("second", LEASE, 1);

        assertThat(begin("second").decision()).isEqualTo(Decision.WAIT);
    }

    @Test
    void the_same_run_may_try_again_and_is_told_of_its_earlier_attempt() {
        Instant began = clock.instant();
        begin("first");
        clock.advance(Duration.ofSeconds(20));

        assertThat(begin("first")).isEqualTo(new DeliveryAttempt(Decision.BEGIN, null, null, began));
    }

    @Test
    void a_delivered_sink_is_not_called_again_until_a_replay_asks_for_it_with_its_reference() {
        begin("first");
        ledger.settlement().delivered(key, "ticket", "INC001");
        assertThat(begin("first")).isEqualTo(new DeliveryAttempt(Decision.DELIVERED, "INC001", null, null));
        ledger.settlement().settleDelivered(key, "first");
        ledger.archive().replay(key, false);
        ledger.queue().claim("second", LEASE, 1);

        assertThat(begin("second")).isEqualTo(new DeliveryAttempt(Decision.BEGIN, "INC001", null, null));
        assertThat(ledger.settlement().deliveries(key)).containsExactly(new Delivery("ticket", "INC001", null));
    }

    @Test
    void a_call_that_sent_nothing_is_waited_for_by_nobody() {
        begin("first");
        ledger.settlement().notSent(key, "ticket", "first");

        assertThat(ledger.queue().release("first")).isEqualTo(1);
        assertThat(ledger.queue().claim("second", LEASE, 1)).hasSize(1);
        assertThat(begin("second")).isEqualTo(FIRST);
        assertThat(ledger.settlement().deliveries(key)).isEmpty();
    }

    @Test
    void a_run_clears_no_mark_but_its_own() {
        begin("first");
        ledger.settlement().notSent(key, "ticket", "another");
        clock.advance(LEASE);
        ledger.queue().claim("second", LEASE, 1);

        assertThat(begin("second").decision()).isEqualTo(Decision.WAIT);
    }

    @Test
    void what_a_run_is_delivering_when_it_stops_is_delivered_only_after_its_call_can_have_ended() {
        begin("first");
        assertThat(ledger.queue().release("first")).isEqualTo(1);
        assertThat(keys(ledger.queue().claim("second", LEASE, 8))).containsExactly(key);

        assertThat(begin("second").decision()).isEqualTo(Decision.WAIT);
        clock.advance(STALE);
        assertThat(begin("second").decision()).isEqualTo(Decision.BEGIN);
    }

    private DeliveryAttempt begin(String owner) {
        return ledger.settlement().begin(key, "ticket", owner, LEASE, STALE);
    }
}
