package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.model.RunTable;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody else runs the same script on the same device at the same time: their action is neither followed nor cancelled. */
@Tag("integration")
class ForeignActionsTest extends RunTestSupport {

    private static final List<String> FOREIGN = List.of("ffffffff-ffff-4fff-bfff-ffffffffffff", "00000000-0000-4000-8000-000000000001",
            "00000000-0000-4000-8000-000000000002");

    /** Actions of device a, as old as ours, that are listed before and after it: the list is sorted by id. */
    private void startBeside(boolean offline) throws Exception {
        start(scenario(offline ? device("a").offline().build() : device("a").build()));
        foreign(FOREIGN.get(0), "Succeeded", "Live Response Routes");
        foreign(FOREIGN.get(1), "Pending", "Live Response Routes [0123456789ab-1-0]");
        foreign(FOREIGN.get(2), "InProgress", null);
    }

    private void foreign(String id, String status, String comment) {
        simulator.actions().put(new ScenarioAction("contoso", id, "LiveResponse", status, id("a"), "a", "admin@contoso.com", comment,
                Duration.ZERO, Duration.ZERO, 0,
                List.of(ScenarioCommand.script(SCRIPT, ScenarioBlob.transcript(SCRIPT, 0, "foreign\n", "")))));
    }

    private void assertForeignUntouched() {
        for (String action : FOREIGN) {
            assertThat(simulator.journal().countOf(EndpointKind.CANCEL, action)).as(action).isZero();
        }
        assertThat(service.all()).noneMatch(request -> FOREIGN.contains(request.key().machineActionId()));
    }

    @Test
    void a_start_whose_answer_was_lost_is_found_among_foreign_actions() throws Exception {
        startBeside(false);
        simulator.faults().on(EndpointKind.RUN).subject(id("a")).once(Fault.commitAndClose());

        RunTable table = awaitTable(order(List.of(id("a")), "20s").run());

        assertThat(table.ends()).isEqualTo(Map.of("ran", 1));
        assertThat(row(table, "a").machineActionId()).isNotIn(FOREIGN);
        assertThat(service.all()).extracting(request -> request.key().machineActionId())
                .containsExactlyInAnyOrder(table.run(), row(table, "a").machineActionId());
        assertThat(simulator.journal().count(EndpointKind.LINK)).isOne();
        assertForeignUntouched();
        assertSound(table);
    }

    @Test
    void a_start_that_was_lost_on_its_way_is_not_taken_for_a_foreign_action() throws Exception {
        startBeside(false);
        simulator.faults().on(EndpointKind.RUN).subject(id("a")).once(Fault.close());

        RunTable table = awaitTable(order(List.of(id("a")), "20s").run());

        assertThat(table.ends()).isEqualTo(Map.of("unknown", 1));
        assertThat(simulator.journal().countOf(EndpointKind.RUN, id("a"))).isOne();
        assertThat(simulator.journal().count(EndpointKind.LINK)).isZero();
        assertForeignUntouched();
    }

    @Test
    void a_cancelled_run_cancels_its_own_action_and_no_foreign_one_of_the_device() throws Exception {
        startBeside(true);
        String run = order(List.of(id("a")), "60s").run();
        await().until(() -> simulator.runs().perStatus().equals(Map.of("Pending", 1L)));

        assertThat(service.ledger().runs().stop(run, "cancelled by maria")).isTrue();
        RunTable table = awaitTable(run);

        assertThat(table.ends()).isEqualTo(Map.of("cancelled", 1));
        assertThat(simulator.journal().perSubject(EndpointKind.CANCEL)).isEqualTo(Map.of(row(table, "a").machineActionId(), 1L));
        assertForeignUntouched();
    }
}
