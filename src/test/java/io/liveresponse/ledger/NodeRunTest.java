package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeRunTest extends OnBothDatabases {

    @Test
    void a_second_run_of_a_node_that_is_alive_is_refused_in_plain_words_and_another_node_is_not() {
        try (NodeLock first = database.lock(NodeRun.of("node-1"), Duration.ZERO);
                NodeLock other = database.lock(NodeRun.of("node-2"), Duration.ZERO)) {
            assertThatThrownBy(() -> database.lock(NodeRun.of("node-1"), Duration.ZERO)).isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("another run of the node node-1").hasMessageContaining("data-directory");
            assertThat(first.held()).isTrue();
            assertThat(other.held()).isTrue();
        }
        try (NodeLock next = database.lock(NodeRun.of("node-1"), Duration.ZERO)) {
            assertThat(next.held()).isTrue();
        }
    }

    @Test
    void earlier_runs_of_the_node_give_back_what_they_held_and_the_claim_stays_counted() {
        accept("contoso", 4);
        NodeRun now = NodeRun.of("node-1");
        ledger.queue().claim(NodeRun.of("node-1").owner(), LEASE, 1);
        ledger.queue().claim(NodeRun.of("node-10").owner(), LEASE, 1);
        ledger.queue().claim(now.owner(), LEASE, 1);

        assertThat(ledger.queue().releaseEarlierRuns(now)).isEqualTo(1);

        assertThat(ledger.queue().claim(now.owner(), LEASE, 8)).extracting(RequestRecord::claims).containsExactlyInAnyOrder(2, 1);
    }

    @Test
    void after_a_third_run_that_ended_without_a_word_the_request_waits() {
        accept("contoso", 1);
        for (int wait : new int[]{0, 0, 2, 2, 2, 15}) {
            assertThat(ledger.queue().claim(NodeRun.of("node-1").owner(), LEASE, 1)).hasSize(1);
            ledger.queue().releaseEarlierRuns(NodeRun.of("node-1"));
            if (wait > 0) {
                assertThat(ledger.queue().claim("node-2", LEASE, 1)).isEmpty();
                clock.advance(Duration.ofSeconds(wait));
            }
        }
        assertThat(ledger.queue().claim(NodeRun.of("node-1").owner(), LEASE, 1)).hasSize(1);
    }

    @Test
    void a_run_that_stops_gives_its_claims_back_uncounted() {
        accept("contoso", 1);
        NodeRun run = NodeRun.of("node-1");
        ledger.queue().claim(run.owner(), LEASE, 1);

        assertThat(ledger.queue().release(run.owner())).isEqualTo(1);

        assertThat(ledger.queue().claim(run.owner(), LEASE, 1)).singleElement()
                .satisfies(request -> assertThat(request.claims()).isEqualTo(1));
    }
}
