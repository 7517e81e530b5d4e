package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimAheadTest extends ClaimedRequestSupport {

    private final List<RequestRecord> inProgress = new ArrayList<>();

    @BeforeEach
    void keep_eight_workers_busy() {
        ledger.intake()
                .accept(IntStream.range(1, 100).mapToObj(index -> NewRequest.of(new ResultKey(KEY.tenant(), KEY.machineActionId(), index)))
                        .iterator());
        inProgress.add(request);
        inProgress.addAll(worker.claim());
    }

    @Test
    void nothing_is_claimed_for_workers_that_take_long() {
        assertThat(inProgress).hasSize(8);
        assertThat(worker.claim()).isEmpty();

        end(1);
        nanos.addAndGet(Duration.ofMillis(1_001).toNanos());

        assertThat(worker.claim()).as("for the one that is idle").hasSize(1);
    }

    @Test
    void as_many_are_claimed_ahead_as_ended_within_the_last_second() {
        end(3);

        assertThat(worker.claim()).as("for three idle workers, and three ahead").hasSize(3 + 3);
        assertThat(worker.claim()).as("while three wait").isEmpty();

        end(3);

        assertThat(worker.claim()).as("none waits any more").hasSize(6);
    }

    @Test
    void no_more_are_claimed_ahead_than_there_are_workers() {
        end(8);
        inProgress.addAll(worker.claim());
        end(8);

        assertThat(worker.claim()).hasSize(8);
    }

    private void end(int count) {
        for (int i = 0; i < count; i++) {
            worker.settle(inProgress.remove(0), WorkEnd.DONE, null, null, null, null);
        }
    }
}
