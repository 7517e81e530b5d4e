package io.liveresponse.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Cancels: taken at once, in effect later, and sometimes too late. */
class CancelTest extends RunTestSupport {

    @Test
    void a_pending_action_is_cancelled_a_while_after_the_call_and_never_runs() throws Exception {
        start(ScenarioRuns.DOCUMENTED.cancelAfter(Duration.ofSeconds(30)), device("a").offline().build());
        String action = started("a");

        HttpResponse<String> answer = client.cancel(token, action);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(SimulatorClient.JSON.readTree(answer.body()).path("status").asText()).isEqualTo("Pending");
        pass(29);
        assertThat(status(action)).isEqualTo("Pending");
        assertThat(SimulatorClient.code(run("a"))).isEqualTo("ActiveRequestAlreadyExists");
        pass(1);
        JsonNode cancelled = client.action(token, action);
        assertThat(cancelled.path("status").asText()).isEqualTo("Cancelled");
        assertThat(cancelled.path("cancellationComment").asText()).isEqualTo("no longer wanted");
        assertThat(cancelled.path("cancellationRequestor").asText()).isEqualTo(SimulatorSetup.CONTOSO.clientId());
        assertThat(run("a").statusCode()).isEqualTo(201);
        assertThat(simulator.runs().executions()).isEmpty();
        assertThat(simulator.journal().countOf(EndpointKind.CANCEL, action)).isEqualTo(1);
    }

    @Test
    void an_action_that_ends_before_the_cancel_takes_effect_ends_by_itself() throws Exception {
        start(ScenarioRuns.DOCUMENTED.cancelAfter(Duration.ofSeconds(30)), device("a").build());
        String action = started("a");

        pass(10);
        assertThat(client.cancel(token, action).statusCode()).isEqualTo(200);
        pass(30);
        assertThat(status(action)).isEqualTo("Succeeded");
        assertThat(client.requestLink(token, action, 0).statusCode()).isEqualTo(200);
        assertThat(simulator.runs().scriptsPerDevice()).containsEntry(id("a"), 1L);
    }

    @Test
    void a_script_that_is_running_is_cut_short_but_counts_as_run() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").build());
        String action = started("a");

        pass(10);
        client.cancel(token, action);
        pass(2);
        assertThat(status(action)).isEqualTo("Cancelled");
        assertThat(command(action, 0).path("commandStatus").asText()).isEqualTo("Failed");
        assertThat(client.requestLink(token, action, 0).statusCode()).isEqualTo(404);
        assertThat(simulator.runs().scriptsPerDevice()).containsEntry(id("a"), 1L);
    }

    @Test
    void a_device_that_comes_online_between_the_cancel_and_its_effect_still_runs_the_script() throws Exception {
        start(ScenarioRuns.DOCUMENTED.cancelAfter(Duration.ofMinutes(1)), device("a").onlineAfter(Duration.ofSeconds(50)).build());
        String action = started("a");

        client.cancel(token, action);
        pass(50);
        assertThat(status(action)).isEqualTo("InProgress");
        assertThat(simulator.runs().scriptsPerDevice()).containsEntry(id("a"), 1L);
        pass(10);
        assertThat(status(action)).isEqualTo("Cancelled");
    }

    @Test
    void a_second_cancel_changes_nothing_and_one_after_the_end_is_refused() throws Exception {
        start(ScenarioRuns.DOCUMENTED.cancelAfter(Duration.ofSeconds(10)), device("a").offline().build());
        String action = started("a");

        client.cancel(token, action);
        pass(9);
        assertThat(client.cancel(token, action).statusCode()).isEqualTo(200);
        pass(1);
        assertThat(status(action)).isEqualTo("Cancelled");
        HttpResponse<String> late = client.cancel(token, action);
        assertThat(late.statusCode()).isEqualTo(400);
        assertThat(SimulatorClient.code(late)).isEqualTo("BadRequest");
        assertThat(simulator.journal().perSubject(EndpointKind.CANCEL)).containsEntry(action, 3L);
    }

    @Test
    void an_unknown_action_and_a_cancel_without_comment_are_refused() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").offline().build());

        assertThat(client.cancel(token, SimulatorSetup.ACTION).statusCode()).isEqualTo(404);
        assertThat(client.postToApi(token, "/api/machineactions/" + started("a") + "/cancel", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void an_action_of_someone_else_can_be_cancelled_too_so_that_it_shows_in_the_journal() throws Exception {
        start(ScenarioRuns.DOCUMENTED);
        simulator.actions().put(ScenarioAction.of("contoso", SimulatorSetup.ACTION).withStatus("InProgress"));

        assertThat(client.cancel(token, SimulatorSetup.ACTION).statusCode()).isEqualTo(200);
        pass(2);
        assertThat(status(SimulatorSetup.ACTION)).isEqualTo("Cancelled");
        assertThat(simulator.journal().perSubject(EndpointKind.CANCEL)).containsOnlyKeys(SimulatorSetup.ACTION);
    }
}
