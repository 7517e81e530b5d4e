package io.liveresponse.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lost answers and refusals of the run, cancel and library calls, and the journal of them over HTTP. */
class RunFaultsTest extends RunTestSupport {

    @BeforeEach
    void start() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").build(), device("b").build());
    }

    @Test
    void a_lost_answer_starts_the_action_once() throws Exception {
        simulator.faults().on(EndpointKind.RUN).subject(id("a")).once(Fault.commitAndClose());

        assertThatThrownBy(() -> run("a")).isInstanceOf(IOException.class);
        assertThat(run("b").statusCode()).as("another device").isEqualTo(201);
        assertThat(SimulatorClient.code(run("a"))).isEqualTo("ActiveRequestAlreadyExists");
        pass(5);
        assertThat(simulator.runs().scriptsPerDevice()).containsEntry(id("a"), 1L);
        assertThat(simulator.journal().calls(EndpointKind.RUN)).extracting(Call::status).containsExactly(0, 201, 400);
        JsonNode list = SimulatorClient.JSON
                .readTree(client.api(token, "/api/machineactions?$filter=machineId%20eq%20'" + id("a") + "'").body());
        assertThat(list.path("value")).as("it can be looked up").hasSize(1);
    }

    @Test
    void a_connection_that_closes_before_the_call_is_read_starts_nothing() {
        simulator.faults().on(EndpointKind.RUN).once(Fault.close());

        assertThatThrownBy(() -> run("a")).isInstanceOf(IOException.class);
        assertThat(simulator.runs().count()).isZero();
        assertThat(simulator.journal().countOf(EndpointKind.RUN, id("a"))).isEqualTo(1);
    }

    @Test
    void a_lost_answer_to_a_cancel_cancels_all_the_same() throws Exception {
        String action = started("a");
        simulator.faults().on(EndpointKind.CANCEL).subject(action).once(Fault.commitAndClose());

        assertThatThrownBy(() -> client.cancel(token, action)).isInstanceOf(IOException.class);
        pass(2);
        assertThat(status(action)).isEqualTo("Cancelled");
    }

    @Test
    void a_refusal_can_be_given_by_its_code() throws Exception {
        simulator.faults().on(EndpointKind.RUN).once(Fault.error(403, "DisabledFeature", "Live response is disabled."));
        simulator.faults().on(EndpointKind.MACHINES).once(Fault.error(403, "Forbidden", "No."));

        HttpResponse<String> refused = run("a");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(SimulatorClient.code(refused)).isEqualTo("DisabledFeature");
        assertThat(SimulatorClient.code(client.api(token, "/api/machines"))).isEqualTo("Forbidden");
        assertThat(simulator.journal().countErrors(EndpointKind.RUN, "DisabledFeature")).isEqualTo(1);
        assertThat(simulator.runs().count()).isZero();
    }

    @Test
    void the_journal_can_be_read_over_http_and_is_not_changed_by_it() throws Exception {
        String action = started("a");
        run("a");
        client.cancel(token, action);
        pass(1);
        int before = simulator.journal().calls().size();

        JsonNode journal = SimulatorClient.JSON.readTree(client.get(simulator.journalUrl() + "/journal?window=PT10S").body());
        assertThat(journal.path("calls").path("RUN").path("count").asInt()).isEqualTo(2);
        assertThat(journal.path("calls").path("RUN").path("byStatus").path("201").asInt()).isEqualTo(1);
        assertThat(journal.path("calls").path("RUN").path("byStatus").path("400").asInt()).isEqualTo(1);
        assertThat(journal.path("calls").path("RUN").path("maxInAnyWindow").path("contoso").asInt()).isEqualTo(2);
        assertThat(journal.path("runCallsPerDevice").path(id("a")).asInt()).isEqualTo(2);
        assertThat(journal.path("actionsPerDevice").path(id("a")).asInt()).isEqualTo(1);
        assertThat(journal.path("scriptsPerDevice").path(id("a")).asInt()).isZero();
        assertThat(journal.path("cancelsPerAction").path(action).asInt()).isEqualTo(1);
        assertThat(journal.path("maxSessions").path("contoso").asInt()).isEqualTo(1);
        JsonNode calls = SimulatorClient.JSON
                .readTree(client.get(simulator.journalUrl() + "/journal/calls?kind=run&subject=" + id("a")).body());
        assertThat(calls).hasSize(2);
        assertThat(calls.path(1).path("code").asText()).isEqualTo("ActiveRequestAlreadyExists");
        assertThat(client.get(simulator.journalUrl() + "/journal/executions").body()).isEqualTo("[]");
        assertThat(client.get(simulator.journalUrl() + "/journal?window=soon").statusCode()).isEqualTo(400);
        assertThat(simulator.journal().calls()).hasSize(before);
    }

    @Test
    void the_journal_over_http_shows_no_secret() throws Exception {
        String action = started("a");
        pass(25);
        client.get(client.link(token, action, 0));

        String all = client.get(simulator.journalUrl() + "/journal").body() + client.get(simulator.journalUrl() + "/journal/calls").body();
        assertThat(all).contains("BLOB").doesNotContain(token, "sig=", SimulatorSetup.CONTOSO.clientSecret());
    }
}
