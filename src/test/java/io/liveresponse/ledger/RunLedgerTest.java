package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ResultKey;
import io.liveresponse.runs.RunTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunLedgerTest extends OnBothDatabases {

    private static final String RUN = "11111111-2222-4333-8444-555555555555";
    private static final String ACTION = "99999999-2222-4333-8444-555555555555";
    private static final List<String> CONTOSO = List.of("contoso");

    private static NewRun.Device device(int number) {
        return new NewRun.Device(String.format("%040x", number), "pc-" + number, null);
    }

    private NewRun run(String id, NewRun.Device... devices) {
        return new NewRun(id, "contoso", "[]", "a.ps1", "ab".repeat(32), "patch", clock.instant().plus(Duration.ofHours(2)),
                List.of(devices));
    }

    private RunDevice due() {
        return ledger.runs().devices().due(CONTOSO, 1).get(0);
    }

    private Optional<RunDevice> begin(RunDevice device, String key) {
        return ledger.runs().devices().begin(device, "tenant-id", CONTOSO, 50, key);
    }

    @Test
    void a_run_is_recorded_once_and_a_device_once_in_it() {
        assertThat(ledger.runs().add(run(RUN, device(1), device(2), device(1)))).isTrue();
        assertThat(ledger.runs().add(run(RUN, device(1), device(3)))).isFalse();

        RunRecord known = ledger.runs().find(RUN).orElseThrow();
        assertThat(known.devices()).isEqualTo(2);
        assertThat(known.waiting()).isEqualTo(2);
        assertThat(known.state()).isEqualTo(RunState.RUNNING);
        assertThat(ledger.runs().devices().of(known, 0, 10)).extracting(RunDevice::name).containsExactly("pc-1", "pc-2");
    }

    @Test
    void a_row_that_names_no_device_is_refused_without_a_start() {
        ledger.runs().add(run(RUN, device(1), new NewRun.Device("row 3", "nowhere", "no such device")));

        assertThat(ledger.runs().devices().due(CONTOSO, 10)).hasSize(1);
        assertThat(ledger.runs().find(RUN).orElseThrow().ends()).isEqualTo(Map.of(RunEnd.REFUSED, 1));
    }

    @Test
    void of_two_that_begin_the_same_device_one_does() {
        ledger.runs().add(run(RUN, device(1)));
        RunDevice seen = due();

        RunDevice begun = begin(seen, "k1").orElseThrow();
        assertThat(begin(seen, "k2")).isEmpty();
        assertThat(begun.isStarting()).isTrue();
        assertThat(begun.starts()).isEqualTo(1);
        assertThat(begun.attemptBeganAt()).isEqualTo(clock.instant());
        assertThat(ledger.runs().devices().due(CONTOSO, 10)).isEmpty();
        assertThat(ledger.runs().devices().open("contoso")).containsExactly(begun);
    }

    @Test
    void no_more_sessions_are_begun_than_allowed() {
        ledger.runs().add(run(RUN, IntStream.range(0, 5).mapToObj(RunLedgerTest::device).toArray(NewRun.Device[]::new)));

        long begun = ledger.runs().devices().due(CONTOSO, 5).stream()
                .filter(device -> ledger.runs().devices().begin(device, "tenant-id", CONTOSO, 3, "k" + device.number()).isPresent())
                .count();
        assertThat(begun).isEqualTo(3);
        assertThat(ledger.runs().devices().sessions(CONTOSO)).isEqualTo(3);
    }

    @Test
    void what_an_earlier_attempt_says_changes_nothing() {
        ledger.runs().add(run(RUN, device(1)));
        RunDevice first = begin(due(), "k1").orElseThrow();
        ledger.runs().devices().waitAgain(first, "429", clock.instant(), RunEnd.CANCELLED);
        RunDevice second = begin(due(), "k2").orElseThrow();

        assertThat(ledger.runs().devices().started(first, ACTION, clock.instant(), "Pending")).isFalse();
        assertThat(ledger.runs().devices().waitAgain(first, "429", clock.instant(), RunEnd.CANCELLED)).isFalse();
        assertThat(ledger.runs().devices().end(first, RunEnd.REFUSED, "no")).isFalse();
        assertThat(ledger.runs().devices().started(second, ACTION, clock.instant(), "Pending")).isTrue();
        assertThat(ledger.runs().devices().open("contoso")).singleElement().satisfies(device -> {
            assertThat(device.machineActionId()).isEqualTo(ACTION);
            assertThat(device.actionStatus()).isEqualTo("Pending");
        });
    }

    @Test
    void a_call_that_was_never_made_is_no_start_and_its_key_is_used_again() {
        ledger.runs().add(run(RUN, device(1)));
        RunDevice begun = begin(due(), "k1").orElseThrow();

        assertThat(ledger.runs().devices().unsent(begun, "no room", clock.instant())).isTrue();
        assertThat(ledger.runs().devices().unsent(begun, "no room", clock.instant())).isFalse();
        assertThat(due().starts()).isZero();
        assertThat(begin(due(), "k1").orElseThrow().starts()).isOne();
    }

    @Test
    void a_device_ends_once() {
        ledger.runs().add(run(RUN, device(1)));
        RunDevice begun = begin(due(), "k1").orElseThrow();
        ledger.runs().devices().started(begun, ACTION, clock.instant(), "Pending");

        assertThat(ledger.runs().devices().end(begun, RunEnd.RAN, null)).isTrue();
        assertThat(ledger.runs().devices().end(begun, RunEnd.OFFLINE, "late")).isFalse();
        assertThat(ledger.runs().devices().waitAgain(begun, "again", clock.instant(), RunEnd.OFFLINE)).isFalse();
        assertThat(ledger.runs().find(RUN).orElseThrow().ends()).isEqualTo(Map.of(RunEnd.RAN, 1));
        assertThat(ledger.runs().devices().sessions(CONTOSO)).isZero();
    }

    @Test
    void devices_that_were_never_started_come_first_and_none_after_the_deadline() {
        ledger.runs().add(run(RUN, device(1), device(2)));
        RunDevice again = begin(due(), "k1").orElseThrow();
        ledger.runs().devices().waitAgain(again, "offline", clock.instant(), RunEnd.OFFLINE);

        assertThat(ledger.runs().devices().due(CONTOSO, 10)).extracting(RunDevice::number).containsExactly(2, 1);
        assertThat(ledger.runs().devices().fresh("contoso")).isEqualTo(1);
        assertThat(ledger.runs().devices().late("contoso", 10)).isEmpty();
        clock.advance(Duration.ofHours(2));
        assertThat(ledger.runs().devices().due(CONTOSO, 10)).isEmpty();
        assertThat(ledger.runs().devices().late("contoso", 10)).extracting(RunDevice::lateEnd).containsExactly(RunEnd.OFFLINE,
                RunEnd.CANCELLED);
    }

    @Test
    void a_stop_ends_what_waits_and_leaves_what_runs_to_be_cancelled() {
        ledger.runs().add(run(RUN, device(1), device(2), device(3)));
        RunDevice begun = begin(due(), "k1").orElseThrow();

        assertThat(ledger.runs().stop(RUN, "by maria")).isTrue();
        assertThat(ledger.runs().stop(RUN, "by paul")).isFalse();

        RunRecord stopped = ledger.runs().find(RUN).orElseThrow();
        assertThat(stopped.stopReason()).isEqualTo("by maria");
        assertThat(stopped.ends()).isEqualTo(Map.of(RunEnd.CANCELLED, 2));
        assertThat(stopped.open()).isEqualTo(1);
        ledger.runs().devices().end(begun, RunEnd.RAN, null);
        assertThat(ledger.runs().finish(RUN, RunState.CANCELLED)).isTrue();
        assertThat(ledger.runs().finish(RUN, RunState.FINISHED)).isFalse();
        assertThat(ledger.runs().running(CONTOSO)).isEmpty();
    }

    @Test
    void a_run_lists_the_results_of_its_devices_and_its_table() {
        ledger.runs().add(run(RUN, device(1)));
        RunDevice begun = begin(due(), "k1").orElseThrow();
        ledger.runs().devices().started(begun, ACTION, clock.instant(), "Pending");
        for (String action : List.of(ACTION, RUN, "88888888-2222-4333-8444-555555555555")) {
            ledger.intake().accept(NewRequest.of(new ResultKey("contoso", action, 0)));
        }

        assertThat(ledger.archive().list(new RequestFilter(null, null, null, null, null, null, null, RUN, null), null, 10))
                .extracting(request -> request.key().machineActionId()).containsExactly(RUN, ACTION);
    }

    @Test
    void a_device_that_ran_and_whose_result_is_not_there_yet_shows_none() {
        ledger.runs().add(run(RUN, device(1)));
        RunDevice begun = begin(due(), "k1").orElseThrow();
        ledger.runs().devices().started(begun, ACTION, clock.instant(), "Completed");
        ledger.runs().devices().end(begun, RunEnd.RAN, null);
        ledger.intake().accept(NewRequest.of(new ResultKey("contoso", ACTION, 0)));

        assertThat(new RunTables(ledger.runs()).of(ledger.runs().find(RUN).orElseThrow()).outcomes()).isEqualTo(Map.of("none", 1));
    }
}
