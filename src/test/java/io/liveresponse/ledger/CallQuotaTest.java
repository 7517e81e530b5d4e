package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallQuotaTest extends OnBothDatabases {

    private static final Quota SMALL = new Quota(10, Duration.ofSeconds(62), 25, Duration.ofSeconds(3650));

    /** The day itself is for the nightly run; by claim and take it is {@code TheQuotaIsNeverBrokenTest}'s. */
    private static final int HOURS = Boolean.getBoolean("live-response.long") ? 24 : 4;

    @Test
    void hours_under_backlog_with_two_nodes_and_restarts_breaks_no_window_and_uses_the_quota() {
        accept("contoso", 1);
        ResultKey key = key("contoso", 0);
        Instant start = clock.instant();
        Instant end = start.plus(Duration.ofHours(HOURS));
        Window minute = new Window(Duration.ofSeconds(60));
        Window hour = new Window(Duration.ofSeconds(3600));
        Ledger[] nodes = {ledger(QUOTA), ledger(QUOTA)};
        Instant restart = start.plus(Duration.ofMinutes(30));
        long granted = 0;
        for (int call = 0; clock.instant().isBefore(end); call++) {
            if (!clock.instant().isBefore(restart)) {
                nodes = new Ledger[]{ledger(QUOTA), ledger(QUOTA)};
                restart = restart.plus(Duration.ofMinutes(30));
            }
            QuotaDecision permit = nodes[call % 2].quota().take(CallKind.LINK, "contoso", key);
            if (permit.granted()) {
                granted++;
                minute.add(clock.instant());
                hour.add(clock.instant());
                clock.advance(Duration.ofMillis(150));
            } else {
                assertThat(permit.roomAt()).isAfter(clock.instant());
                clock.advanceTo(permit.roomAt());
            }
        }
        assertThat(minute.most).isLessThanOrEqualTo(100);
        assertThat(hour.most).isLessThanOrEqualTo(1_500);
        assertThat(granted).isGreaterThanOrEqualTo(Math.round(HOURS * 1_500 * 0.95));
    }

    /** The most calls that any window has held, counted without the ledger. */
    private static final class Window {

        private final Duration length;
        private final Deque<Instant> calls = new ArrayDeque<>();
        private int most;

        Window(Duration length) {
            this.length = length;
        }

        void add(Instant call) {
            calls.addLast(call);
            while (!calls.getFirst().isAfter(call.minus(length))) {
                calls.removeFirst();
            }
            most = Math.max(most, calls.size());
        }
    }

    @Test
    void threads_of_several_nodes_that_race_for_the_last_room_take_no_more_than_there_is() throws Exception {
        accept("contoso", 1);
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> answers = IntStream.range(0, 40)
                    .mapToObj(call -> executor
                            .submit(() -> ledger(SMALL).quota().take(CallKind.LINK, "contoso", key("contoso", 0)).granted()))
                    .toList();
            int granted = 0;
            for (Future<Boolean> answer : answers) {
                granted += answer.get() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(10);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void a_refusal_says_to_the_instant_when_there_will_be_room() {
        accept("contoso", 1);
        CallQuota quota = ledger(SMALL).quota();
        Instant first = clock.instant();
        for (int call = 0; call < 10; call++) {
            assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).granted()).isTrue();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(quota.room(CallKind.LINK, "contoso")).isZero();
        assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).roomAt()).isEqualTo(first.plusSeconds(62));

        clock.advanceTo(first.plusSeconds(62).minusMillis(1));
        assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).granted()).isFalse();
        clock.advanceTo(first.plusSeconds(62));
        assertThat(quota.room(CallKind.LINK, "contoso")).isEqualTo(1);
        assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).granted()).isTrue();
        assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).granted()).isFalse();
    }

    @Test
    void the_hour_s_window_holds_though_the_minute_s_has_room() {
        accept("contoso", 1);
        CallQuota quota = ledger(SMALL).quota();
        Instant first = clock.instant();
        for (int call = 0; call < 25; call++) {
            assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).granted()).isTrue();
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).roomAt()).isEqualTo(first.plusSeconds(3650));
        assertThat(quota.room(CallKind.LINK, "contoso")).isZero();
    }

    @Test
    void a_claim_takes_no_more_than_the_quota_has_room_for_counting_what_is_claimed_already() {
        accept("contoso", 50);
        accept("fabrikam", 50);
        Ledger node = ledger(SMALL);
        Ledger other = ledger(SMALL);

        assertThat(node.queue().claim("node", LEASE, 12)).hasSize(12);
        assertThat(other.queue().claim("other", LEASE, 100)).hasSize(8);
        assertThat(node.queue().claim("node", LEASE, 100)).isEmpty();

        node.quota().take(CallKind.LINK, "contoso", key("contoso", 0));
        assertThat(node.queue().claim("node", LEASE, 100)).isEmpty();
        clock.advance(Duration.ofSeconds(62));
        assertThat(node.queue().claim("node", LEASE, 100)).hasSize(1);
    }

    @Test
    void requests_that_need_no_link_call_are_held_back_by_neither_quota_nor_pause() {
        accept("contoso", 12);
        Ledger node = ledger(SMALL);
        List<RequestRecord> claimed = node.queue().claim("node", LEASE, 20);
        assertThat(claimed).hasSize(10);
        claimed.forEach(request -> {
            node.quota().take(CallKind.LINK, "contoso", request.key());
            node.settlement().fetched(request.key(), "node", succeeded(clock.instant()));
        });
        node.quota().pause("contoso", clock.instant().plusSeconds(600), "429");
        clock.advance(LEASE);

        assertThat(node.queue().claim("next", LEASE, 20)).hasSize(10).allMatch(request -> request.fetched() != null);
    }

    @Test
    void a_pause_holds_on_all_nodes_is_never_shortened_and_leaves_other_tenants_alone() {
        accept("contoso", 1);
        accept("fabrikam", 1);
        Instant until = clock.instant().plusSeconds(600);
        ledger.quota().pause("contoso", until, "429, Retry-After 600");
        ledger.quota().pause("contoso", clock.instant().plusSeconds(30), "429, Retry-After 30");
        Ledger other = ledger(QUOTA);

        assertThat(other.quota().pauses()).containsExactly(new TenantPause("contoso", until, "429, Retry-After 600"));
        assertThat(other.quota().take(CallKind.LINK, "contoso", key("contoso", 0)).roomAt()).isEqualTo(until);
        assertThat(keys(other.queue().claim("node", LEASE, 8))).containsExactly(key("fabrikam", 0));
        other.settlement().settleDelivered(key("fabrikam", 0), "node");

        clock.advanceTo(until);
        assertThat(other.quota().pauses()).isEmpty();
        assertThat(keys(other.queue().claim("node", LEASE, 8))).containsExactly(key("contoso", 0));
        assertThat(other.quota().take(CallKind.LINK, "contoso", key("contoso", 0)).granted()).isTrue();
    }

    @Test
    void two_names_for_one_tenant_at_the_api_share_its_quota_and_a_claim_knows_it() {
        accept("contoso", 10);
        accept("contoso-eu", 10);
        Ledger node = ledger(SMALL);
        for (int call = 0; call < 4; call++) {
            assertThat(node.quota().take(CallKind.LINK, "id-1", key("contoso-eu", 0)).granted()).isTrue();
        }

        assertThat(node.queue().claim("node", LEASE, 100, tenant -> "id-1", tenant -> true)).hasSize(6);
        assertThat(node.quota().room(CallKind.LINK, "id-1")).isEqualTo(6);
        for (int call = 0; call < 6; call++) {
            assertThat(node.quota().take(CallKind.LINK, "id-1", key("contoso", call)).granted()).isTrue();
        }
        assertThat(node.quota().take(CallKind.LINK, "id-1", key("contoso", 7)).granted()).isFalse();
    }

    @Test
    void each_kind_of_call_has_a_quota_of_its_own_and_nodes_share_it() {
        Map<CallKind, Quota> quotas = Map.of(CallKind.LINK, SMALL, CallKind.ACTION,
                new Quota(2, SMALL.minutePeriod(), 3, SMALL.hourPeriod()));
        Ledger one = new Ledger(database, clock, clock::nanoTime, quotas);
        Ledger other = new Ledger(database, clock, clock::nanoTime, quotas);
        Instant first = clock.instant();

        assertThat(one.quota().take(CallKind.ACTION, "contoso").granted()).isTrue();
        assertThat(other.quota().take(CallKind.ACTION, "contoso").granted()).isTrue();
        assertThat(one.quota().take(CallKind.ACTION, "contoso").roomAt()).isEqualTo(first.plusSeconds(62));
        clock.advance(Duration.ofSeconds(62));
        assertThat(other.quota().take(CallKind.ACTION, "contoso").granted()).isTrue();
        assertThat(one.quota().take(CallKind.ACTION, "contoso").roomAt()).isEqualTo(first.plusSeconds(3650));
        assertThat(one.quota().room(CallKind.LINK, "contoso")).isEqualTo(10);
    }

    @Test
    void a_clock_that_was_ahead_and_is_corrected_blocks_nobody_for_longer_than_a_window() {
        accept("contoso", 1);
        CallQuota quota = ledger(SMALL).quota();
        Instant right = clock.instant();
        clock.step(Duration.ofDays(2));
        for (int call = 0; call < 10; call++) {
            assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).granted()).isTrue();
        }
        clock.step(Duration.ofDays(-2));

        assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).roomAt()).isEqualTo(right.plusSeconds(62));
        clock.advance(Duration.ofSeconds(62));
        assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).granted()).isTrue();
    }

    @Test
    void a_clock_that_jumps_ahead_gives_no_second_quota_within_a_true_window() {
        accept("contoso", 1);
        CallQuota quota = ledger(SMALL).quota();
        int granted = 0;
        for (int call = 0; call < 40; call++) {
            granted += quota.take(CallKind.LINK, "contoso", key("contoso", 0)).granted() ? 1 : 0;
            clock.step(Duration.ofMinutes(5));
        }
        assertThat(granted).isEqualTo(10);

        QuotaDecision refused = quota.take(CallKind.LINK, "contoso", key("contoso", 0));
        assertThat(refused.waitTime()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(62));
        clock.advance(refused.waitTime());
        assertThat(quota.take(CallKind.LINK, "contoso", key("contoso", 0)).granted()).isTrue();
    }

    @Test
    void a_decision_tells_how_long_it_has_waited_for_the_wire() {
        accept("contoso", 1);
        QuotaDecision decision = ledger(SMALL).quota().take(CallKind.LINK, "contoso", key("contoso", 0));
        clock.advance(Duration.ofSeconds(1));
        assertThat(decision.isOlderThan(Duration.ofSeconds(1), clock.nanoTime())).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(decision.isOlderThan(Duration.ofSeconds(1), clock.nanoTime())).isTrue();
    }

    @Test
    void a_huge_quota_is_counted_as_fast_as_a_small_one() {
        accept("contoso", 1);
        Quota huge = new Quota(1_000_000_000, SMALL.minutePeriod(), 2_000_000_000, SMALL.hourPeriod());
        assertThat(ledger(huge).quota().take(CallKind.LINK, "contoso", key("contoso", 0)).granted()).isTrue();
        assertThat(ledger(huge).quota().room(CallKind.LINK, "contoso")).isEqualTo(999_999_999);
    }
}
