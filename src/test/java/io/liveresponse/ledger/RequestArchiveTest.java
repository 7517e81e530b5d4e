package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestArchiveTest extends OnBothDatabases {

    private static final RequestError REFUSED = new RequestError(Stage.DELIVER, FailureCode.DELIVERY_REFUSED, "400", null);

    private final ResultKey key = key("contoso", 0);

    @Test
    void a_listing_is_narrowed_by_each_part_of_its_filter() {
        ActionFacts facts = new ActionFacts("RunScript", "Collect.ps1", null, "m-1", "pc1.contoso.com", "ann", "why", null);
        ledger.intake().accept(new NewRequest(key, facts, Outcome.ACTION_FAILED));
        clock.advance(Duration.ofMinutes(1));
        accept("fabrikam", 1);

        assertThat(found(new RequestFilter(null, null, null, null, null, null, null)))
                .containsExactly(key("fabrikam", 0), key);
        assertThat(found(new RequestFilter("contoso", null, null, null, null, null, null))).containsExactly(key);
        assertThat(found(new RequestFilter(null, RequestState.DEAD, null, null, null, null, null))).isEmpty();
        assertThat(found(new RequestFilter(null, RequestState.DUE, Outcome.ACTION_FAILED, null, null, null, null)))
                .containsExactly(key);
        assertThat(found(new RequestFilter(null, null, null, "collect.PS1", null, null, null))).containsExactly(key);
        assertThat(found(new RequestFilter(null, null, null, null, "PC1.contoso.com", null, null))).containsExactly(key);
        assertThat(found(new RequestFilter(null, null, null, null, "M-1", null, null))).containsExactly(key);
        assertThat(found(new RequestFilter(null, null, null, null, null, clock.instant(), null)))
                .containsExactly(key("fabrikam", 0));
        assertThat(found(new RequestFilter(null, null, null, null, null, null, clock.instant()))).containsExactly(key);
        assertThat(found(new RequestFilter("' or '1'='1", null, null, null, null, null, null))).isEmpty();
    }

    @Test
    void a_listing_is_narrowed_to_the_actions_of_a_run() {
        accept("contoso", 2);
        ledger.runs().add(new NewRun("run-1", "contoso", "[]", "Get.ps1", null, "why", clock.instant().plus(Duration.ofHours(1)),
                List.of(new NewRun.Device("m-1", "pc1", null))));
        RunDevice device = ledger.runs().devices().due(List.of("contoso"), 1).get(0);
        RunDevice begun = ledger.runs().devices().begin(device, "contoso", List.of("contoso"), 1, "key").orElseThrow();
        ledger.runs().devices().started(begun, key("contoso", 1).machineActionId(), clock.instant(), "Pending");

        assertThat(found(new RequestFilter(null, null, null, null, null, null, null, "run-1", null))).containsExactly(key("contoso", 1));
        assertThat(found(new RequestFilter(null, null, null, null, null, null, null, "run-2", null))).isEmpty();
    }

    private List<ResultKey> found(RequestFilter filter) {
        return keys(ledger.archive().list(filter, null, 10));
    }

    @Test
    void a_listing_read_page_by_page_shows_every_request_once_newest_first() {
        accept("contoso", 25);
        List<Long> seen = new ArrayList<>();
        List<RequestRecord> page = ledger.archive().list(RequestFilter.ALL, null, 10);
        while (!page.isEmpty()) {
            page.forEach(request -> seen.add(request.acceptedNo()));
            page = ledger.archive().list(RequestFilter.ALL, page.get(page.size() - 1).acceptedNo(), 10);
        }
        assertThat(seen).hasSize(25).isSortedAccordingTo((a, b) -> Long.compare(b, a)).doesNotHaveDuplicates();
    }

    @Test
    void an_unknown_request_shows_nothing_and_replays_nothing() {
        assertThat(ledger.archive().show(key)).isEmpty();
        assertThat(ledger.archive().replay(key, true)).isEqualTo(ReplayAnswer.UNKNOWN);
    }

    @Test
    void a_dead_request_is_replayed_from_its_bytes_for_the_sinks_that_lack_it() {
        claimAndFetch();
        ledger.settlement().delivered(key, "file", "x.json");
        ledger.settlement().dead(key, "node", REFUSED);

        assertThat(ledger.archive().replay(key, false)).isEqualTo(ReplayAnswer.REROUTED);

        assertThat(ledger.queue().claim("node", LEASE, 1)).singleElement().satisfies(request -> {
            assertThat(request.fetched().spoolPath()).isEqualTo("spool/x");
            assertThat(request.attempts()).isZero();
            assertThat(request.error()).isNull();
            assertThat(request.endedAt()).isNull();
        });
        assertThat(ledger.settlement().deliveredSinks(key)).containsExactly("file");
    }

    @Test
    void a_delivered_request_is_replayed_to_every_sink_with_the_references_kept() {
        claimAndFetch();
        ledger.settlement().delivered(key, "ticket", "INC001");
        ledger.settlement().settleDelivered(key, "node");

        assertThat(ledger.archive().replay(key, false)).isEqualTo(ReplayAnswer.REROUTED);
        assertThat(ledger.settlement().deliveredSinks(key)).isEmpty();
        assertThat(ledger.settlement().deliveries(key)).containsExactly(new Delivery("ticket", "INC001", null));

        clock.advance(Duration.ofSeconds(1));
        ledger.settlement().delivered(key, "ticket", null);
        assertThat(ledger.settlement().deliveries(key)).containsExactly(new Delivery("ticket", "INC001", clock.instant()));
    }

    @Test
    void a_replay_that_fetches_again_needs_a_link_call_and_forgets_what_was_fetched() {
        claimAndFetch();
        ledger.settlement().settleDelivered(key, "node");
        assertThat(ledger.archive().replay(key, true)).isEqualTo(ReplayAnswer.FETCH_AGAIN);

        ledger.quota().pause("contoso", clock.instant().plusSeconds(60), "429");
        assertThat(ledger.queue().claim("node", LEASE, 1)).isEmpty();
        clock.advance(Duration.ofSeconds(60));
        assertThat(ledger.queue().claim("node", LEASE, 1)).singleElement()
                .satisfies(request -> assertThat(request.fetched()).isNull());
    }

    @Test
    void a_request_that_died_before_it_was_fetched_goes_on_with_fetching() {
        accept("contoso", 1);
        ledger.queue().claim("node", LEASE, 1);
        ledger.settlement().dead(key, "node", REFUSED);

        assertThat(ledger.archive().replay(key, false)).isEqualTo(ReplayAnswer.FETCH_AGAIN);
        assertThat(ledger.queue().claim("node", LEASE, 1)).hasSize(1);
    }

    @Test
    void nothing_is_replayed_under_a_node_s_hands_or_from_bytes_that_are_gone() {
        claimAndFetch();
        assertThat(ledger.archive().replay(key, true)).isEqualTo(ReplayAnswer.BUSY);
        ledger.settlement().settleDelivered(key, "node");
        clock.advance(Duration.ofDays(2));
        ledger.archive().prune(new RetentionPolicy(Duration.ofDays(1), null, null), path -> {
        });

        assertThat(ledger.archive().replay(key, false)).isEqualTo(ReplayAnswer.BYTES_NOT_KEPT);
        assertThat(ledger.archive().show(key).orElseThrow().request().state()).isEqualTo(RequestState.DELIVERED);
    }

    @Test
    void only_what_has_ended_long_enough_ago_is_pruned_with_all_that_belongs_to_it() {
        accept("contoso", 1_203);
        ledger.queue().claim("node", LEASE, 1_200).forEach(request -> {
            ledger.settlement().fetched(request.key(), "node", succeeded(clock.instant()));
            ledger.settlement().delivered(request.key(), "file", "x");
            ledger.settlement().settleDelivered(request.key(), "node");
        });
        ledger.queue().claim("node", LEASE, 1).forEach(request -> ledger.settlement().dead(request.key(), "node", REFUSED));
        clock.advance(Duration.ofDays(30));
        ledger.queue().claim("node", LEASE, 1).forEach(request -> ledger.settlement().settleDelivered(request.key(), "node"));
        List<String> deleted = new ArrayList<>();

        Pruned pruned = ledger.archive().prune(new RetentionPolicy(null, Duration.ofDays(7), null), deleted::add);

        assertThat(pruned).isEqualTo(new Pruned(0, 1_200, 0));
        assertThat(deleted).hasSize(1_200);
        assertThat(ledger.archive().show(key)).isEmpty();
        assertThat(ledger.settlement().deliveries(key)).isEmpty();
        assertThat(ledger.archive().counts()).allSatisfy(count -> assertThat(count.requests()).isOne())
                .extracting(RequestCount::state).containsExactlyInAnyOrder(RequestState.DEAD, RequestState.DELIVERED, RequestState.DUE);
    }

    @Test
    void link_calls_are_pruned_only_once_no_window_holds_them() {
        accept("contoso", 1);
        Ledger node = ledger(QUOTA);
        node.quota().take(CallKind.LINK, "contoso", key);
        clock.advance(QUOTA.hourPeriod());
        RetentionPolicy keepAll = new RetentionPolicy(null, null, null);

        assertThat(node.archive().prune(keepAll, path -> {
        })).isEqualTo(new Pruned(0, 0, 0));
        clock.advance(Duration.ofHours(2));
        assertThat(node.archive().prune(keepAll, path -> {
        })).isEqualTo(new Pruned(0, 0, 1));
        assertThat(node.archive().show(key)).isPresent();
    }

    private void claimAndFetch() {
        accept("contoso", 1);
        ledger.queue().claim("node", LEASE, 1);
        ledger.settlement().fetched(key, "node", succeeded(clock.instant()));
    }
}
