package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class WorkQueueTest extends OnBothDatabases {

    private static final RequestError BUSY = new RequestError(Stage.LINK, FailureCode.LINK_SERVER_ERROR, "503", null);

    @Test
    void four_claimers_share_out_each_request_exactly_once() throws Exception {
        accept("contoso", 1_000);
        accept("fabrikam", 1_000);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<ResultKey>>> claimers = IntStream.range(0, 4).<Callable<List<ResultKey>>>mapToObj(number -> () -> {
                Ledger node = ledger(NO_LIMIT);
                List<ResultKey> mine = new ArrayList<>();
                List<RequestRecord> claimed;
                do {
                    claimed = node.queue().claim("node-" + number, LEASE, 20);
                    mine.addAll(keys(claimed));
                } while (!claimed.isEmpty());
                return mine;
            }).toList();
            List<ResultKey> all = new ArrayList<>();
            for (Future<List<ResultKey>> future : executor.invokeAll(claimers)) {
                all.addAll(future.get());
            }
            assertThat(all).hasSize(2_000).doesNotHaveDuplicates();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void a_tenant_with_a_backlog_delays_another_s_single_request_by_no_more_than_one_round() {
        accept("contoso", 20_000);
        ledger.queue().claim("node", LEASE, 8);
        accept("fabrikam", 1);

        assertThat(keys(ledger.queue().claim("node", LEASE, 8))).hasSize(8).contains(key("fabrikam", 0));

        accept("tailspin", 1);
        assertThat(keys(ledger.queue().claim("node", LEASE, 1))).containsExactly(key("tailspin", 0));
    }

    @Test
    void more_tenants_than_there_is_room_for_are_served_in_turn() {
        for (String tenant : List.of("a", "b", "c", "d", "e")) {
            accept(tenant, 10);
        }
        List<String> served = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            ledger.queue().claim("node", LEASE, 2).forEach(request -> served.add(request.key().tenant()));
        }
        assertThat(served.subList(0, 5)).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(served.subList(5, 10)).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void a_tenant_s_unused_share_goes_to_the_others() {
        accept("contoso", 100);
        accept("fabrikam", 3);

        assertThat(ledger.queue().claim("node", LEASE, 20)).hasSize(20)
                .filteredOn(request -> request.key().tenant().equals("fabrikam")).hasSize(3);
    }

    @Test
    void the_oldest_come_first_in_the_order_in_which_they_were_accepted() {
        for (int number : List.of(7, 3, 9, 1)) {
            ledger.intake().accept(NewRequest.of(key("contoso", number)));
        }
        assertThat(keys(ledger.queue().claim("node", LEASE, 3)))
                .containsExactly(key("contoso", 7), key("contoso", 3), key("contoso", 9));
    }

    @Test
    void a_claimed_request_is_nobody_else_s_until_its_lease_ends() {
        accept("contoso", 1);
        ledger.queue().claim("dead-node", LEASE, 1);
        clock.advance(LEASE.minusMillis(1));
        assertThat(ledger.queue().claim("node", LEASE, 1)).isEmpty();

        clock.advance(Duration.ofMillis(1));
        assertThat(ledger.queue().claim("node", LEASE, 1)).singleElement()
                .satisfies(request -> assertThat(request.leaseOwner()).isEqualTo("node"))
                .satisfies(request -> assertThat(request.attempts()).isZero());
        assertThat(ledger.archive().show(key("contoso", 0)).orElseThrow().events()).extracting(Event::kind)
                .containsExactly(EventKind.ACCEPTED, EventKind.CLAIMED, EventKind.LEASE_ENDED, EventKind.CLAIMED);
    }

    @Test
    void a_renewed_lease_lasts_from_its_renewal_and_tells_what_is_still_held() {
        accept("contoso", 2);
        ledger.queue().claim("node", LEASE, 2);
        ledger.settlement().settleDelivered(key("contoso", 1), "node");
        clock.advance(Duration.ofMinutes(4));

        assertThat(ledger.queue().renew("node", LEASE)).containsExactly(key("contoso", 0));
        clock.advance(Duration.ofMinutes(4));
        assertThat(ledger.queue().claim("other", LEASE, 2)).isEmpty();
    }

    @Test
    void a_node_that_lost_its_lease_is_told_so_when_it_renews() {
        accept("contoso", 1);
        ledger.queue().claim("slow", LEASE, 1);
        clock.advance(LEASE);
        ledger.queue().claim("node", LEASE, 1);

        assertThat(ledger.queue().renew("slow", LEASE)).isEmpty();
        assertThat(ledger.queue().renew("node", LEASE)).containsExactly(key("contoso", 0));
    }

    @Test
    void what_is_released_is_due_at_once_and_no_attempt_is_counted() {
        accept("contoso", 3);
        ledger.queue().claim("leaving", LEASE, 2);
        ledger.queue().claim("staying", LEASE, 1);

        assertThat(ledger.queue().release("leaving")).isEqualTo(2);
        assertThat(ledger.queue().claim("node", LEASE, 3)).hasSize(2).allMatch(request -> request.attempts() == 0);
    }

    @Test
    void a_retry_waits_for_its_time_and_holds_up_nobody_meanwhile() {
        accept("contoso", 2);
        ledger.queue().claim("node", LEASE, 1);
        ledger.settlement().retryAt(key("contoso", 0), "node", clock.instant().plusSeconds(30), BUSY);

        assertThat(keys(ledger.queue().claim("node", LEASE, 8))).containsExactly(key("contoso", 1));
        clock.advance(Duration.ofSeconds(30));
        assertThat(ledger.queue().claim("node", LEASE, 8)).singleElement().satisfies(request -> {
            assertThat(request.attempts()).isEqualTo(1);
            assertThat(request.error()).isEqualTo(BUSY);
        });
    }

    @Test
    void new_requests_retries_and_missing_deliveries_are_served_by_turns_so_that_none_starves_another() {
        accept("contoso", 60);
        List<ResultKey> tried = keys(ledger.queue().claim("node", LEASE, 40));
        for (ResultKey key : tried.subList(0, 20)) {
            ledger.settlement().fetched(key, "node", succeeded(clock.instant()));
        }
        tried.forEach(key -> ledger.settlement().retryAt(key, "node", clock.instant().plusSeconds(1), BUSY));
        clock.advance(Duration.ofSeconds(1));

        int deliveries = 0;
        int retries = 0;
        for (int round = 0; round < 12; round++) {
            RequestRecord request = ledger.queue().claim("node", LEASE, 1).get(0);
            deliveries += request.fetched() != null ? 1 : 0;
            retries += request.fetched() == null && request.attempts() > 0 ? 1 : 0;
        }
        // one turn in four is the whole actions', and goes to the next in line where there are none
        assertThat(deliveries).isBetween(3, 6);
        assertThat(retries).isBetween(3, 6);
    }

    @Test
    void claims_are_counted_until_a_run_says_what_became_of_the_request() {
        accept("contoso", 1);
        for (int run = 1; run <= 2; run++) {
            int expected = run;
            assertThat(ledger.queue().claim("run-" + run, LEASE, 1)).singleElement()
                    .satisfies(request -> assertThat(request.claims()).isEqualTo(expected));
            clock.advance(LEASE);
        }
        ledger.queue().claim("run-4", LEASE, 1);
        ledger.settlement().postpone(key("contoso", 0), "run-4", clock.instant(), "no room");

        assertThat(ledger.queue().claim("run-5", LEASE, 1)).singleElement()
                .satisfies(request -> assertThat(request.claims()).isEqualTo(1));
        ledger.settlement().fetched(key("contoso", 0), "run-5", succeeded(clock.instant()));
        assertThat(ledger.archive().show(key("contoso", 0)).orElseThrow().request().claims()).isZero();
    }

    @Test
    void a_request_that_run_after_run_says_nothing_about_waits_while_others_are_claimed() {
        accept("contoso", 1);
        int run = 0;
        for (int wait : new int[]{0, 0, 2, 2, 2, 15, 15, 15, 60, 60}) {
            assertThat(ledger.queue().claim("run-" + run++, LEASE, 1)).hasSize(1);
            clock.advance(LEASE);
            if (wait > 0) {
                assertThat(ledger.queue().claim("next", LEASE, 1)).isEmpty();
                clock.advance(Duration.ofSeconds(wait).minusMillis(1));
                assertThat(ledger.queue().claim("next", LEASE, 1)).isEmpty();
                clock.advance(Duration.ofMillis(1));
            }
        }
    }

    @Test
    void a_claim_never_takes_what_its_own_run_holds_even_after_the_lease() {
        accept("contoso", 1);
        ledger.queue().claim("node", LEASE, 1);
        clock.advance(LEASE.multipliedBy(2));

        assertThat(ledger.queue().claim("node", LEASE, 1)).isEmpty();
        assertThat(ledger.queue().renew("node", LEASE)).containsExactly(key("contoso", 0));
        assertThat(ledger.queue().claim("other", LEASE, 1)).isEmpty();
    }

    @Test
    void a_tenant_that_this_node_does_not_know_is_left_to_the_nodes_that_do() {
        accept("contoso", 3);
        accept("fabrikam", 3);

        assertThat(ledger.queue().claim("node", LEASE, 8, Map.of("fabrikam", "id-2")::get, tenant -> true)).hasSize(3)
                .allMatch(request -> request.key().tenant().equals("fabrikam"));
        assertThat(ledger.queue().claim("node", LEASE, 8, Map.of("fabrikam", "id-2")::get, tenant -> true)).isEmpty();
        assertThat(ledger.queue().claim("newer", LEASE, 8, Map.of("contoso", "id-1")::get, tenant -> true)).hasSize(3);
    }

    @Test
    void a_tenant_whose_rows_cannot_be_read_does_not_keep_the_others_from_being_claimed() {
        for (String tenant : List.of("contoso", "fabrikam", "tailspin")) {
            accept(tenant, 2);
        }
        JdbcClient.create(database.dataSource())
                .sql("update request set command_index = 0, error_stage = 'LINK', error_code = 'NO_SUCH_CODE'"
                        + " where tenant = 'fabrikam'")
                .update();

        assertThat(keys(ledger.queue().claim("node", LEASE, 8))).containsExactlyInAnyOrder(
                key("contoso", 0), key("contoso", 1), key("tailspin", 0), key("tailspin", 1));
        assertThat(ledger.archive().counts()).filteredOn(count -> count.tenant().equals("fabrikam"))
                .allMatch(count -> count.state() == RequestState.DUE);
    }

    @Test
    void a_thousand_tenants_are_all_served_and_each_once_in_a_round() {
        List<NewRequest> requests = new ArrayList<>();
        for (int tenant = 0; tenant < 1_000; tenant++) {
            requests.add(NewRequest.of(key("tenant-" + tenant, 0)));
            requests.add(NewRequest.of(key("tenant-" + tenant, 1)));
        }
        ledger.intake().accept(requests.iterator());

        List<String> served = new ArrayList<>();
        for (int claim = 0; claim < 20; claim++) {
            ledger.queue().claim("node", LEASE, 50).forEach(request -> served.add(request.key().tenant()));
        }
        assertThat(served).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(ledger.queue().claim("node", LEASE, 2_000)).hasSize(1_000);
        assertThat(ledger.queue().claim("node", LEASE, 2_000)).isEmpty();
    }
}
