package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the ledger holds after the work on a request has ended. */
class SettleTest extends ClaimedRequestSupport {

    @Test
    void a_request_that_is_due_again_while_this_process_works_on_it_is_not_worked_on_twice() {
        ledger.settlement().postpone(KEY, request.leaseOwner(), Instant.EPOCH, "another node held it after its lease had ended");

        assertThat(worker.claim()).isEmpty();
        assertThat(now().state()).isEqualTo(RequestState.CLAIMED);
        worker.settle(request, worker.routed(), null, null, null, null);
        assertThat(now().state()).isEqualTo(RequestState.DELIVERED);
    }

    /** The claim falls between the commit of the end and the worker's being idle. */
    @Test
    void a_request_that_is_claimed_again_before_its_worker_is_idle_does_not_wait_for_its_lease() {
        ledger.settlement().postpone(KEY, request.leaseOwner(), Instant.EPOCH, "the end of the work");
        assertThat(worker.claim()).isEmpty();

        // as if its end had been recorded before
        assertThatThrownBy(() -> worker.settle(request, null, new Exception(new OutOfMemoryError("x")), null, null, null))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(now().state()).isEqualTo(RequestState.DUE);
        assertThat(worker.claim()).extracting(RequestRecord::key).containsExactly(KEY);
    }

    @Test
    void what_every_sink_has_is_delivered_and_the_worker_is_woken() {
        worker.settle(request, worker.routed(), null, null, null, null);

        assertThat(now().state()).isEqualTo(RequestState.DELIVERED);
        assertThat(wakes).hasValue(1);
    }

    @Test
    void work_that_ends_without_result_and_without_failure_is_not_delivered() {
        worker.settle(request, null, null, null, null, null);

        assertThat(now().state()).isEqualTo(RequestState.DUE);
        assertThat(now().attempts()).isOne();
    }

    @Test
    void work_that_is_cut_off_while_the_process_ends_costs_no_attempt() {
        stopping.set(true);
        worker.settle(request, null, new LiveResponseException(FailureCode.BLOB_CUT_SHORT, "cut"), "retry", null, null);

        assertThat(now().state()).isEqualTo(RequestState.DUE);
        assertThat(now().attempts()).isZero();
        assertThat(worker.claim()).isEmpty();
        assertThat(wakes).hasValue(0);
    }

    @Test
    void a_result_that_is_not_there_yet_costs_no_attempt() {
        worker.settle(request, null, new LiveResponseException(FailureCode.LINK_NOT_FOUND, "none yet"), "not-yet", null,
                Instant.now().plus(Duration.ofMinutes(1)));

        assertThat(now().state()).isEqualTo(RequestState.DUE);
        assertThat(now().attempts()).isZero();
    }

    @Test
    void a_verdict_that_does_not_exist_counts_as_retry() {
        worker.settle(request, null, new LiveResponseException(FailureCode.REQUEST_INVALID, "x"), "rerty", null, null);

        assertThat(now().state()).isEqualTo(RequestState.DUE);
        assertThat(now().attempts()).isOne();
    }

    @Test
    void a_failure_without_a_verdict_is_dead_lettered() {
        worker.settle(request, null, new IllegalStateException("x"), null, null, null);

        assertThat(now().state()).isEqualTo(RequestState.DEAD);
        assertThat(now().error().code()).isEqualTo(FailureCode.UNEXPECTED);
    }
}
