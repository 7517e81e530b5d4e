package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Stage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlementTest extends OnBothDatabases {

    private static final RequestError REFUSED = RequestError
            .of(new LiveResponseException(FailureCode.LINK_FORBIDDEN, "no role", "corr-1", null));

    private final ResultKey key = key("contoso", 0);

    @BeforeEach
    void claim() {
        accept("contoso", 1);
        ledger.queue().claim("node", LEASE, 1);
    }

    @Test
    void a_node_that_lost_its_lease_overwrites_nobody_s_work() {
        clock.advance(LEASE);
        ledger.queue().claim("other", LEASE, 1);
        Timeline before = ledger.archive().show(key).orElseThrow();

        Settlement settlement = ledger.settlement();
        assertThat(settlement.fetched(key, "node", succeeded(clock.instant()))).isFalse();
        assertThat(settlement.settleDelivered(key, "node")).isFalse();
        assertThat(settlement.retryAt(key, "node", clock.instant(), REFUSED)).isFalse();
        assertThat(settlement.postpone(key, "node", clock.instant(), "quota")).isFalse();
        assertThat(settlement.dead(key, "node", REFUSED)).isFalse();

        assertThat(ledger.archive().show(key)).contains(before);
        assertThat(settlement.settleDelivered(key, "other")).isTrue();
        assertThat(settlement.dead(key, "other", REFUSED)).isFalse();
    }

    @Test
    void what_was_fetched_is_remembered_across_a_crash_and_only_missing_sinks_are_left() {
        FetchedFacts facts = succeeded(clock.instant());
        ledger.settlement().fetched(key, "node", facts);
        ledger.settlement().delivered(key, "file", "results/x.json");
        clock.advance(LEASE);

        Ledger restarted = ledger(QUOTA);
        assertThat(restarted.queue().claim("restarted", LEASE, 1)).singleElement()
                .satisfies(request -> assertThat(request.fetched()).isEqualTo(facts));
        assertThat(restarted.settlement().deliveredSinks(key)).containsExactly("file");
    }

    @Test
    void a_sink_s_first_word_stands_however_often_it_is_repeated() {
        ledger.settlement().delivered(key, "ticket", "INC001");
        ledger.settlement().delivered(key, "ticket", "INC002");

        assertThat(ledger.settlement().deliveries(key)).containsExactly(new Delivery("ticket", "INC001", clock.instant()));
        assertThat(ledger.archive().show(key).orElseThrow().events()).filteredOn(e -> e.kind() == EventKind.SINK_DELIVERED)
                .containsExactly(new Event(clock.instant(), EventKind.SINK_DELIVERED, "ticket INC001"));
    }

    @Test
    void a_delivery_of_a_request_that_the_ledger_does_not_know_leaves_no_record() {
        ledger.settlement().delivered(key("contoso", 99), "file", "x");

        assertThat(ledger.settlement().deliveries(key("contoso", 99))).isEmpty();
    }

    @Test
    void waiting_for_room_counts_as_no_attempt_but_failing_does() {
        ledger.settlement().postpone(key, "node", clock.instant(), "quota");
        ledger.queue().claim("node", LEASE, 1);
        ledger.settlement().retryAt(key, "node", clock.instant(), REFUSED);
        ledger.queue().claim("node", LEASE, 1);
        ledger.settlement().retryAt(key, "node", clock.instant(), REFUSED);

        assertThat(ledger.archive().show(key).orElseThrow().request().attempts()).isEqualTo(2);
    }

    @Test
    void attempts_are_counted_anew_once_the_bytes_are_here() {
        ledger.settlement().retryAt(key, "node", clock.instant(), REFUSED);
        ledger.queue().claim("node", LEASE, 1);
        ledger.settlement().fetched(key, "node", succeeded(clock.instant()));

        RequestRecord request = ledger.archive().show(key).orElseThrow().request();
        assertThat(request.attempts()).isZero();
        assertThat(request.error()).isNull();
        assertThat(request.state()).isEqualTo(RequestState.CLAIMED);
    }

    @Test
    void a_result_that_is_fetched_once_more_keeps_its_attempts_so_that_it_ends() {
        ledger.settlement().fetched(key, "node", succeeded(clock.instant()));
        ledger.settlement().retryAt(key, "node", clock.instant(), REFUSED);
        ledger.queue().claim("other", LEASE, 1);
        ledger.settlement().fetched(key, "other", succeeded(clock.instant()));
        ledger.settlement().retryAt(key, "other", clock.instant(), REFUSED);

        assertThat(ledger.archive().show(key).orElseThrow().request().attempts()).isEqualTo(2);
    }

    @Test
    void a_dead_request_says_why_and_is_claimed_no_more() {
        ledger.settlement().dead(key, "node", REFUSED);

        RequestRecord request = ledger.archive().show(key).orElseThrow().request();
        assertThat(request.state()).isEqualTo(RequestState.DEAD);
        assertThat(request.error()).isEqualTo(new RequestError(Stage.LINK, FailureCode.LINK_FORBIDDEN, "no role", "corr-1"));
        assertThat(request.endedAt()).isEqualTo(clock.instant());
        assertThat(request.leaseOwner()).isNull();
        clock.advance(LEASE.multipliedBy(1_000));
        assertThat(ledger.queue().claim("node", LEASE, 8)).isEmpty();
    }

    @Test
    void a_delivered_request_shows_no_old_error_but_its_timeline_does() {
        ledger.settlement().retryAt(key, "node", clock.instant(), REFUSED);
        ledger.queue().claim("node", LEASE, 1);
        ledger.settlement().settleDelivered(key, "node");

        Timeline timeline = ledger.archive().show(key).orElseThrow();
        assertThat(timeline.request().error()).isNull();
        assertThat(timeline.events()).extracting(Event::kind).isEqualTo(List.of(EventKind.ACCEPTED, EventKind.CLAIMED,
                EventKind.RETRY, EventKind.CLAIMED, EventKind.DELIVERED));
        assertThat(timeline.events().get(2).detail()).isEqualTo("LINK_FORBIDDEN no role");
    }

    @Test
    void the_node_that_has_the_bytes_is_told_until_they_are_gone() {
        FetchedFacts facts = new FetchedFacts(Outcome.SUCCEEDED, 0, "a.ps1", "ab".repeat(32), 12L, "spool/x", null, clock.instant(),
                "node-7");
        ledger.settlement().fetched(key, "node", facts);
        assertThat(ledger.archive().show(key).orElseThrow().request().fetched()).isEqualTo(facts);
        ledger.settlement().settleDelivered(key, "node");
        clock.advance(LEASE);
        ledger.archive().prune(new RetentionPolicy(LEASE.dividedBy(2), null, null), path -> {
        });

        assertThat(ledger.archive().show(key).orElseThrow().request().fetched().node()).isNull();
    }
}
