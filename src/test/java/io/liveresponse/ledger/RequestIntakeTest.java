package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestIntakeTest extends OnBothDatabases {

    private static final int THREADS = 16;

    @Test
    void a_request_handed_over_by_16_threads_at_once_is_recorded_once() throws Exception {
        for (int round = 0; round < 20; round++) {
            NewRequest request = NewRequest.of(key("contoso", round));
            List<Acceptance> answers = atOnce(THREADS, thread -> ledger.intake().accept(request));

            assertThat(answers).filteredOn(Acceptance::fresh).hasSize(1);
            assertThat(answers).extracting(Acceptance::state).containsOnly(RequestState.DUE);
        }
        assertThat(ledger.archive().counts()).singleElement().satisfies(count -> {
            assertThat(count.tenant()).isEqualTo("contoso");
            assertThat(count.state()).isEqualTo(RequestState.DUE);
            assertThat(count.outcome()).isNull();
            assertThat(count.requests()).isEqualTo(20);
        });
    }

    @Test
    void batches_that_overlap_in_opposite_order_record_each_request_once() throws Exception {
        List<NewRequest> forth = requests("contoso", 3_000);
        List<NewRequest> back = new ArrayList<>(forth);
        Collections.reverse(back);

        List<AcceptanceCount> answers = atOnce(4, thread -> ledger.intake().accept((thread % 2 == 0 ? forth : back).iterator()));

        assertThat(answers.stream().mapToLong(AcceptanceCount::fresh).sum()).isEqualTo(3_000);
        assertThat(answers.stream().mapToLong(AcceptanceCount::known).sum()).isEqualTo(9_000);
        assertThat(ledger.archive().show(key("contoso", 17)).orElseThrow().events()).extracting(Event::kind)
                .containsExactly(EventKind.ACCEPTED);
    }

    @Test
    void a_batch_is_committed_as_it_is_read_so_that_its_size_does_not_decide_how_much_memory_it_takes() {
        List<Long> heldBack = new ArrayList<>();
        Iterator<NewRequest> source = IntStream.range(0, 4_000).mapToObj(number -> {
            if (number > 0 && number % 1_000 == 0) {
                heldBack.add(number - ledger.archive().counts().get(0).requests());
            }
            return NewRequest.of(key("contoso", number));
        }).iterator();

        assertThat(ledger.intake().accept(source)).isEqualTo(new AcceptanceCount(4_000, 0));
        assertThat(heldBack).hasSize(3).allMatch(requests -> requests <= 1_000);
    }

    @Test
    void a_known_request_tells_where_it_stands_and_stays_as_it_is() {
        ResultKey key = key("contoso", 1);
        ledger.intake().accept(NewRequest.of(key));
        ledger.queue().claim("node", LEASE, 1);
        ledger.settlement().settleDelivered(key, "node");

        Acceptance again = ledger.intake().accept(new NewRequest(key, ActionFacts.UNKNOWN, Outcome.ACTION_FAILED));

        assertThat(again).isEqualTo(new Acceptance(false, RequestState.DELIVERED));
        assertThat(ledger.archive().show(key).orElseThrow().request().fetched()).isNull();
    }

    @Test
    void remote_text_that_a_database_would_refuse_is_recorded_all_the_same() {
        ResultKey key = key("contoso", 1);
        String name = "a\u0000b\ud800c\u001b[31m'; drop table request; --" + "x".repeat(10_000);
        ledger.intake().accept(new NewRequest(key, new ActionFacts(name, name, name, name, name, name, name, clock.instant()), null));

        ActionFacts stored = ledger.archive().show(key).orElseThrow().request().action();
        assertThat(stored.deviceName()).startsWith("a b\ufffdc [31m'; drop table request; --xxx").hasSize(500);
        assertThat(stored.comment()).hasSize(4_000);
        assertThat(stored.createdAt()).isEqualTo(clock.instant());
    }

    @Test
    void a_request_whose_outcome_is_known_needs_no_link_call() {
        ledger.intake().accept(new NewRequest(key("contoso", 1), ActionFacts.UNKNOWN, Outcome.NOT_EXECUTED));
        Ledger closed = ledger(QUOTA);
        closed.quota().pause("contoso", clock.instant().plus(LEASE), "429");

        assertThat(closed.queue().claim("node", LEASE, 8)).singleElement()
                .satisfies(request -> assertThat(request.fetched().outcome()).isEqualTo(Outcome.NOT_EXECUTED));
    }

    private interface Work<T> {
        T of(int thread) throws Exception;
    }

    private static <T> List<T> atOnce(int threads, Work<T> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Callable<T>> calls = IntStream.range(0, threads).<Callable<T>>mapToObj(thread -> () -> {
                start.await();
                return work.of(thread);
            }).toList();
            List<T> answers = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(calls)) {
                answers.add(future.get());
            }
            return answers;
        } finally {
            executor.shutdownNow();
        }
    }
}
