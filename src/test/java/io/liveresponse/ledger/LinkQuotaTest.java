package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinkQuotaTest extends OnBothDatabases {

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
                nodes = new Ledger[] {ledger(QUOTA), ledger(QUOTA)};
                restart = restart.plus(Duration.ofMinutes(30));
            }
            LinkPermit permit = nodes[call % 2].linkQuota().take(key);
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
                    .mapToObj(call -> executor.submit(() -> ledger(SMALL).linkQuota().take(key("contoso", 0)).granted()))
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
        LinkQuota quota = ledger(SMALL).linkQuota();
        Instant first = clock.instant();
        for (int call = 0; call < 10; call++) {
            assertThat(quota.take(key("contoso", 0)).granted()).isTrue();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(quota.room("contoso")).isZero();
        assertThat(quota.take(key("contoso", 0))).isEqualTo(LinkPermit.refused(first.plusSeconds(62)));

        clock.advanceTo(first.plusSeconds(62).minusMillis(1));
        assertThat(quota.take(key("contoso", 0)).granted()).isFalse();
        clock.advanceTo(first.plusSeconds(62));
        assertThat(quota.room("contoso")).isEqualTo(1);
        assertThat(quota.take(key("contoso", 0)).granted()).isTrue();
        assertThat(quota.take(key("contoso", 0)).granted()).isFalse();
    }

    @Test
    void the_hour_s_window_holds_though_the_minute_s_has_room() {
        accept("contoso", 1);
        LinkQuota quota = ledger(SMALL).linkQuota();
        Instant first = clock.instant();
        for (int call = 0; call < 25; call++) {
            assertThat(quota.take(key("contoso", 0)).granted()).isTrue();
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(quota.take(key("contoso", 0))).isEqualTo(LinkPermit.refused(first.plusSeconds(3650)));
        assertThat(quota.room("contoso")).isZero();
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

        node.linkQuota().take(key("contoso", 0));
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
            node.linkQuota().take(request.key());
            node.settlement().fetched(request.key(), "node", succeeded(clock.instant()));
        });
        node.linkQuota().pause("contoso", clock.instant().plusSeconds(600), "429");
        clock.advance(LEASE);

        assertThat(node.queue().claim("node", LEASE, 20)).hasSize(10).allMatch(request -> request.fetched() != null);
    }

    @Test
    void a_pause_holds_on_all_nodes_is_never_shortened_and_leaves_other_tenants_alone() {
        accept("contoso", 1);
        accept("fabrikam", 1);
        Instant until = clock.instant().plusSeconds(600);
        ledger.linkQuota().pause("contoso", until, "429, Retry-After 600");
        ledger.linkQuota().pause("contoso", clock.instant().plusSeconds(30), "429, Retry-After 30");
        Ledger other = ledger(QUOTA);

        assertThat(other.linkQuota().pauses()).containsExactly(new TenantPause("contoso", until, "429, Retry-After 600"));
        assertThat(other.linkQuota().room("contoso")).isZero();
        assertThat(other.linkQuota().take(key("contoso", 0))).isEqualTo(LinkPermit.refused(until));
        assertThat(keys(other.queue().claim("node", LEASE, 8))).containsExactly(key("fabrikam", 0));
        other.settlement().settleDelivered(key("fabrikam", 0), "node");

        clock.advanceTo(until);
        assertThat(other.linkQuota().pauses()).isEmpty();
        assertThat(keys(other.queue().claim("node", LEASE, 8))).containsExactly(key("contoso", 0));
        assertThat(other.linkQuota().take(key("contoso", 0)).granted()).isTrue();
    }
}
