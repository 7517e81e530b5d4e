package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens while the ledger is away is not done again because the ledger does not know of it. */
class ToldLaterTest extends ClaimedRequestSupport {

    private static final Duration SETTLE_TIME = Duration.ofMinutes(5);

    private LedgerDeliveries deliveries;

    @BeforeEach
    void deliver() {
        deliveries = new LedgerDeliveries(ledger.settlement(), contact, peers, request.leaseOwner(), Duration.ofSeconds(10),
                database.clock());
    }

    private void loseTheLedger() throws SQLException {
        execute("alter table event rename to event_away");
    }

    private void findTheLedger() throws SQLException {
        execute("alter table event_away rename to event");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_mail_that_was_sent_while_the_ledger_was_away_is_not_sent_again() throws Exception {
        assertThat(deliveries.begin(KEY, "email", request)).isTrue();
        loseTheLedger();
        assertThatThrownBy(() -> deliveries.delivered(KEY, "email", "<id@example.com>"))
                .hasMessageStartingWith("the ledger does not answer");
        worker.settle(request, null, new LiveResponseException(FailureCode.LEDGER_UNAVAILABLE, "away"), Verdict.PAUSE_PEER.label(), "email",
                null);
        assertThat(worker.claim()).isEmpty();
        findTheLedger();

        worker.renew();

        assertThat(deliveries.begin(KEY, "email", null)).isFalse();
        assertThat(ledger.settlement().deliveries(KEY)).extracting("sink", "reference").containsExactly(tuple("email", "<id@example.com>"));
        assertThat(now().state()).isEqualTo(RequestState.DUE);
    }

    @Test
    void a_ticket_whose_answer_was_lost_is_not_looked_up_before_the_search_can_find_it() throws Exception {
        loseTheLedger();
        worker.settle(request, null, new LiveResponseException(FailureCode.DELIVERY_IN_DOUBT, "no answer", null, SETTLE_TIME),
                Verdict.RETRY.label(), "ticket", null);
        findTheLedger();

        worker.renew();

        assertThat(now().state()).isEqualTo(RequestState.DUE);
        assertThat(now().nextAttemptAt()).isAfter(Clock.systemUTC().instant().plus(SETTLE_TIME.dividedBy(2)));
        assertThat(worker.claim()).isEmpty();
    }

    @Test
    void a_result_that_was_not_there_yet_is_not_given_up_because_the_ledger_was_away_until_its_grace_had_passed() throws Exception {
        Instant updated = Instant.now().plusSeconds(3);
        loseTheLedger();
        worker.settle(request, null, new LiveResponseException(FailureCode.LINK_NOT_FOUND, "none yet"), Verdict.NOT_YET.label(), null,
                updated);
        await().until(() -> Instant.now().isAfter(updated.plusMillis(10)));
        findTheLedger();

        worker.renew();

        assertThat(now().state()).isEqualTo(RequestState.DUE);
    }

    @Test
    void a_request_that_ended_while_the_ledger_was_away_has_ended() throws Exception {
        loseTheLedger();
        worker.settle(request, worker.routed(), null, null, null, null);
        assertThat(now().state()).isEqualTo(RequestState.CLAIMED);
        findTheLedger();

        assertThat(worker.claim()).isEmpty();

        assertThat(now().state()).isEqualTo(RequestState.DELIVERED);
    }

    @Test
    void a_process_that_ends_tells_it_before_it_releases_the_request() throws Exception {
        loseTheLedger();
        worker.settle(request, worker.routed(), null, null, null, null);
        findTheLedger();

        worker.stop();

        assertThat(now().state()).isEqualTo(RequestState.DELIVERED);
    }

    @Test
    void another_run_that_holds_the_request_by_then_is_not_disturbed() throws Exception {
        loseTheLedger();
        worker.settle(request, null, new IllegalStateException("x"), null, null, null);
        findTheLedger();
        ledger.settlement().postpone(KEY, request.leaseOwner(), Instant.EPOCH, "its lease has ended");
        ledger.queue().claim("another", Duration.ofMinutes(1), 1);

        worker.renew();

        assertThat(now().state()).isEqualTo(RequestState.CLAIMED);
        assertThat(now().leaseOwner()).isEqualTo("another");
    }
}
