package io.liveresponse.simulator;

import static io.liveresponse.simulator.SimulatorSetup.FABRIKAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.api.Execution;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice.Refusal;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run call starts, and what is seen of it as time passes. A device takes 5 seconds to begin. */
@Tag("integration")
class RunLiveResponseTest extends RunTestSupport {

    private static final String ALL_THREE = """
            {"Commands":[
              {"type":"PutFile","params":[{"key":"FileName","value":"Get-Health.ps1"}]},
              {"type":"RunScript","params":[{"key":"ScriptName","value":"Get-Health.ps1"},{"key":"Args","value":"-Days 7"}]},
              {"type":"GetFile","params":[{"key":"Path","value":"C:\\\\Temp\\\\out.zip"}]}],
             "Comment":"run 7","ExternalId":"lr-7-1"}""";

    private HttpResponse<String> post(String device, String body) throws IOException, InterruptedException {
        return client.postToApi(token, "/api/machines/" + id(device) + "/runliveresponse", body);
    }

    @Test
    void a_run_call_answers_201_with_the_pending_action() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").build());

        HttpResponse<String> answer = post("a", ALL_THREE);

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode action = SimulatorClient.JSON.readTree(answer.body());
        assertThat(action.path("type").asText()).isEqualTo("LiveResponse");
        assertThat(action.path("status").asText()).isEqualTo("Pending");
        assertThat(action.path("machineId").asText()).isEqualTo(id("a")).hasSize(40);
        assertThat(action.path("computerDnsName").asText()).isEqualTo("a");
        assertThat(action.path("requestor").asText()).isEqualTo(SimulatorSetup.CONTOSO.clientId());
        assertThat(action.path("requestorComment").asText()).isEqualTo("run 7");
        assertThat(action.path("externalID").asText()).isEqualTo("lr-7-1");
        assertThat(action.path("creationDateTimeUtc").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(action.path("commands")).hasSize(3);
        assertThat(action.path("commands").path(1).path("commandStatus").asText()).isEqualTo("Created");
        assertThat(action.path("commands").path(1).path("command").path("params").path(1).path("value").asText()).isEqualTo("-Days 7");
    }

    @Test
    void commands_run_one_after_the_other_and_leave_their_results() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").build());
        String action = SimulatorClient.JSON.readTree(post("a", ALL_THREE).body()).path("id").asText();

        pass(5);
        assertThat(status(action)).isEqualTo("InProgress");
        assertThat(simulator.runs().executions()).extracting(Execution::type).containsExactly("PutFile");
        pass(5);
        assertThat(command(action, 0).path("commandStatus").asText()).isEqualTo("Completed");
        assertThat(command(action, 1).path("commandStatus").asText()).isEqualTo("Created");
        assertThat(client.requestLink(token, action, 1).statusCode()).isEqualTo(404);
        pass(20);
        assertThat(command(action, 1).path("endTime").asText()).isEqualTo("2026-03-01T10:00:30Z");
        assertThat(status(action)).isEqualTo("InProgress");
        pass(5);
        assertThat(status(action)).isEqualTo("Succeeded");
        assertThat(client.get(client.link(token, action, 1)).body()).isEqualTo("{\"script_name\":\"Get-Health.ps1\",\"exit_code\":0,"
                + "\"script_output\":\"{\\\"device\\\":\\\"a\\\",\\\"args\\\":\\\"-Days 7\\\"}\\n\",\"script_errors\":\"\"}");
        assertThat(client.requestLink(token, action, 0).statusCode()).as("PutFile has no result").isEqualTo(404);
        assertThat(client.requestLink(token, action, 2).statusCode()).isEqualTo(200);
        assertThat(simulator.runs().executions()).extracting(Execution::type).containsExactly("PutFile", "RunScript", "GetFile");
        assertThat(simulator.runs().scriptsPerDevice()).containsOnly(Map.entry(id("a"), 1L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{                                                                                                    | not valid JSON",
            "[]                                                                                                   | JSON object",
            "{\"Comment\":\"x\"}                                                                                  | Commands",
            "{\"Comment\":\"x\",\"Commands\":[]}                                                                  | Commands",
            "{\"Commands\":[{\"type\":\"RunScript\",\"params\":[{\"key\":\"ScriptName\",\"value\":\"a\"}]}]}      | Comment",
            "{\"Comment\":\" \",\"Commands\":[{\"type\":\"GetFile\",\"params\":[{\"key\":\"Path\",\"value\":\"a\"}]}]} | Comment",
            "{\"Comment\":\"x\",\"Commands\":[{\"type\":\"Delete\",\"params\":[]}]}                               | 'Delete'",
            "{\"Comment\":\"x\",\"Commands\":[{\"type\":\"RunScript\",\"params\":[]}]}                            | 'ScriptName'",
            "{\"Comment\":\"x\",\"Commands\":[{\"type\":\"RunScript\",\"params\":[{\"key\":\"Path\",\"value\":\"a\"}]}]} | no parameter 'Path'",
            "{\"Comment\":\"x\",\"Commands\":[{\"type\":\"RunScript\",\"params\":[{\"key\":\"ScriptName\",\"value\":7}]}]} | must be a text",
            "{\"Comment\":\"x\",\"Commands\":[{\"type\":\"GetFile\",\"params\":[{\"key\":\"Path\",\"value\":\"a\"}]},{\"type\":\"PutFile\",\"params\":[{\"key\":\"FileName\",\"value\":\"a\"}]}]} | order",
    })
    void a_body_against_the_documentation_is_refused_and_starts_nothing(String body, String reason) throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").build());

        HttpResponse<String> answer = post("a", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(SimulatorClient.code(answer)).isEqualTo("InvalidRequestBody");
        assertThat(SimulatorClient.error(answer).path("message").asText()).contains(reason);
        assertThat(simulator.runs().count()).isZero();
        assertThat(simulator.journal().countErrors(EndpointKind.RUN, "InvalidRequestBody")).isEqualTo(1);
    }

    @Test
    void an_unknown_device_a_malformed_id_and_a_script_outside_the_library_are_refused() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").build());

        assertThat(run("b").statusCode()).isEqualTo(404);
        assertThat(client.run(token, "not-hex", SCRIPT).statusCode()).isEqualTo(400);
        HttpResponse<String> unknown = client.run(token, id("a"), "missing.ps1");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(SimulatorClient.code(unknown)).isEqualTo("InvalidInput");
        assertThat(client.run(client.token(FABRIKAM), id("a"), SCRIPT).statusCode()).as("another tenant's device").isEqualTo(404);
        assertThat(simulator.runs().count()).isZero();
    }

    @Test
    void a_field_that_the_scenario_refuses_is_an_error_of_the_body() throws Exception {
        start(ScenarioRuns.DOCUMENTED.refusing(List.of("ExternalID"), List.of("requestor")), device("a").build());

        HttpResponse<String> answer = post("a", ALL_THREE);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(SimulatorClient.error(answer).path("message").asText()).contains("ExternalID");
        assertThat(client.api(token, "/api/machineactions?$filter=requestor%20eq%20'x'").statusCode()).isEqualTo(400);
        assertThat(client.api(token, "/api/machineactions?$filter=type%20eq%20'x'").statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_without_live_response_may_read_but_not_run_or_cancel() throws Exception {
        SimulatorTenant reader = SimulatorSetup.CONTOSO.withRoles("Machine.ReadWrite.All");
        try (Simulator other = Simulator.start(SimulatorOptions.in(directory.resolve("reader"), Scenario.of(List.of(reader))
                .withDevices(List.of(device("a").build())).withLibrary(ScenarioLibraryFile.script("contoso", SCRIPT, ""))))) {
            SimulatorClient weak = new SimulatorClient(other);
            String weakToken = weak.token(reader);
            HttpResponse<String> refused = weak.run(weakToken, id("a"), SCRIPT);

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(SimulatorClient.code(refused)).isEqualTo("Forbidden");
            assertThat(SimulatorClient.error(refused).path("message").asText()).contains("Machine.LiveResponse");
            assertThat(weak.cancel(weakToken, SimulatorSetup.ACTION).statusCode()).isEqualTo(403);
            assertThat(weak.api(weakToken, "/api/libraryfiles").statusCode()).isEqualTo(403);
            assertThat(weak.api(weakToken, "/api/machines").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_device_takes_one_session_at_a_time() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").build(), device("b").busyFor(Duration.ofMinutes(1)).build());
        started("a");

        assertThat(SimulatorClient.code(run("a"))).isEqualTo("ActiveRequestAlreadyExists");
        assertThat(SimulatorClient.code(run("b"))).as("held by someone else").isEqualTo("ActiveRequestAlreadyExists");
        pass(25);
        assertThat(run("a").statusCode()).isEqualTo(201);
        pass(35);
        assertThat(run("b").statusCode()).isEqualTo(201);
        assertThat(simulator.journal().countOf(EndpointKind.RUN, id("a"))).isEqualTo(3);
        assertThat(simulator.runs().actionsPerDevice()).containsEntry(id("a"), 2L).containsEntry(id("b"), 1L);
        assertThat(simulator.runs().maxSessionsOfDevice("contoso", id("a"))).isEqualTo(1);
    }

    @Test
    void the_eleventh_call_in_a_minute_is_refused_until_the_first_has_left_the_window() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").build());
        for (int call = 0; call < 10; call++) {
            run("a");
            pass(1);
        }

        HttpResponse<String> refused = run("a");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(SimulatorClient.code(refused)).isEqualTo("TooManyRequests");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("50");
        pass(50);
        assertThat(run("a").statusCode()).isEqualTo(201);
        assertThat(simulator.journal().maxInAnyWindow(EndpointKind.RUN, "contoso", Duration.ofMinutes(1), call -> call.status() != 429))
                .isEqualTo(10);
        assertThat(client.api(token, "/api/machineactions").statusCode()).as("another kind of call").isEqualTo(200);
    }

    @Test
    void pending_actions_count_as_sessions() throws Exception {
        start(ScenarioRuns.DOCUMENTED.withSessions(2), device("a").offline().build(), device("b").build(), device("c").build());
        started("a");
        started("b");

        HttpResponse<String> refused = run("c");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
        pass(25);
        assertThat(run("c").statusCode()).isEqualTo(201);
        assertThat(simulator.runs().maxSessions("contoso")).isEqualTo(2);
        assertThat(simulator.runs().count()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void a_device_that_refuses_is_named_by_its_code(Refusal refusal) throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").refuses(refusal).build());

        HttpResponse<String> answer = run("a");

        assertThat(answer.statusCode()).isEqualTo(refusal.status());
        assertThat(SimulatorClient.code(answer)).isEqualTo(refusal.code());
        assertThat(simulator.runs().count()).isZero();
    }

    @Test
    void an_offline_device_stays_pending_until_it_comes_online() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").onlineAfter(Duration.ofHours(1)).build());
        String action = started("a");

        pass(3599);
        assertThat(status(action)).isEqualTo("Pending");
        assertThat(simulator.runs().scriptsPerDevice()).isEmpty();
        pass(1);
        assertThat(status(action)).isEqualTo("InProgress");
        pass(20);
        assertThat(status(action)).isEqualTo("Succeeded");
    }

    @Test
    void an_action_whose_device_stays_away_times_out_after_two_hours_and_says_why() throws Exception {
        start(ScenarioRuns.DOCUMENTED.withWaitingStatus("Pending"), device("a").offline().build());
        String action = started("a");

        pass(7199);
        assertThat(status(action)).isEqualTo("Pending");
        pass(1);
        JsonNode ended = client.action(token, action);
        assertThat(ended.path("status").asText()).isEqualTo("TimeOut");
        assertThat(ended.path("errorHResult").asInt()).isNotZero();
        assertThat(ended.path("troubleshootInfo").path(0).asText()).contains("did not connect");
        assertThat(ended.path("commands").path(0).path("commandStatus").asText()).as("as seen in the field").isEqualTo("Pending");
        assertThat(simulator.runs().executions()).isEmpty();
    }

    @Test
    void a_script_that_fails_skips_what_follows_and_still_leaves_a_transcript() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").exitCode(3).build());
        String action = SimulatorClient.JSON.readTree(post("a", ALL_THREE).body()).path("id").asText();

        pass(60);
        assertThat(status(action)).isEqualTo("Failed");
        assertThat(command(action, 1).path("commandStatus").asText()).isEqualTo("Failed");
        assertThat(command(action, 1).path("errors").path(0).asText()).isEqualTo("Script exited with code 3");
        assertThat(command(action, 2).path("commandStatus").asText()).isEqualTo("Created");
        assertThat(client.get(client.link(token, action, 1)).body()).contains("\"exit_code\":3");
        assertThat(client.requestLink(token, action, 2).statusCode()).isEqualTo(404);
    }

    @Test
    void a_run_that_fails_midway_executes_only_what_comes_before() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").failsAt(0).build());
        String action = SimulatorClient.JSON.readTree(post("a", ALL_THREE).body()).path("id").asText();

        pass(60);
        assertThat(status(action)).isEqualTo("Failed");
        assertThat(simulator.runs().executions()).extracting(Execution::commandIndex).containsExactly(0);
        assertThat(simulator.runs().scriptsPerDevice()).isEmpty();
    }

    @Test
    void a_changed_hash_is_exit_code_323_and_nothing_runs() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").hashChanged().build());
        String action = started("a");

        pass(60);
        assertThat(status(action)).isEqualTo("Failed");
        assertThat(client.get(client.link(token, action, 0)).body()).contains("\"exit_code\":323");
        assertThat(simulator.runs().executions()).isEmpty();
    }

    @Test
    void a_slow_script_ends_late_and_one_that_hangs_fails_after_ten_minutes() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").runTime(Duration.ofMinutes(8)).build(), device("b").hangs().build());
        String slow = started("a");
        String hanging = started("b");

        pass(5 + 479);
        assertThat(status(slow)).isEqualTo("InProgress");
        pass(1);
        assertThat(status(slow)).isEqualTo("Succeeded");
        pass(119);
        assertThat(status(hanging)).isEqualTo("InProgress");
        pass(1);
        assertThat(status(hanging)).isEqualTo("Failed");
        assertThat(command(hanging, 0).path("errors").path(0).asText()).contains("within 10 minutes");
        assertThat(client.requestLink(token, hanging, 0).statusCode()).isEqualTo(404);
        assertThat(simulator.runs().scriptsPerDevice()).containsEntry(id("b"), 1L);
    }

    @Test
    void a_time_scale_makes_minutes_of_the_scenario_seconds_of_the_clock() throws Exception {
        start(ScenarioRuns.DOCUMENTED.withTimeScale(60), device("a").offline().build(), device("b").build());
        String offline = started("a");
        String online = started("b");

        clock.advance(Duration.ofMillis(416));
        assertThat(status(online)).isEqualTo("InProgress");
        clock.advance(Duration.ofMillis(1));
        assertThat(status(online)).isEqualTo("Succeeded");
        for (int call = 0; call < 8; call++) {
            assertThat(run("a").statusCode()).isEqualTo(400);
        }
        assertThat(run("a").headers().firstValue("Retry-After")).hasValue("1");
        clock.advance(Duration.ofSeconds(120));
        assertThat(status(offline)).isEqualTo("TimeOut");
    }

    @Test
    void a_fresh_action_is_unknown_to_get_list_link_and_cancel_until_it_is_visible() throws Exception {
        start(ScenarioRuns.DOCUMENTED.visibleAfter(Duration.ofMinutes(2)), device("a").build());
        String action = started("a");

        pass(119);
        HttpResponse<String> early = client.api(token, "/api/machineactions/" + action);
        assertThat(early.statusCode()).isEqualTo(404);
        assertThat(SimulatorClient.code(early)).isEqualTo("ResourceNotFound");
        assertThat(client.requestLink(token, action, 0).statusCode()).isEqualTo(404);
        assertThat(client.cancel(token, action).statusCode()).isEqualTo(404);
        assertThat(SimulatorClient.JSON.readTree(client.api(token, "/api/machineactions").body()).path("value")).isEmpty();
        assertThat(SimulatorClient.code(run("a"))).as("it has ended, so that another may start").isEmpty();
        pass(1);
        assertThat(status(action)).isEqualTo("Succeeded");
        assertThat(SimulatorClient.JSON.readTree(client.api(token, "/api/machineactions").body()).path("value")).hasSize(1);
    }

    @Test
    void started_actions_are_listed_by_machine_status_requestor_and_creation_time_in_pages() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").build(), device("b").build(), device("c").offline().build());
        started("a");
        pass(60);
        started("b");
        started("c");

        assertThat(listed("machineId%20eq%20'" + id("a") + "'")).containsExactly("a");
        assertThat(listed("status%20eq%20'Pending'")).containsExactlyInAnyOrder("b", "c");
        assertThat(listed("creationDateTimeUtc%20ge%202026-03-01T10:01:00Z")).containsExactlyInAnyOrder("b", "c");
        assertThat(listed("type%20eq%20'LiveResponse'%20and%20requestor%20eq%20'" + SimulatorSetup.CONTOSO.clientId() + "'"))
                .as("two pages of two").containsExactlyInAnyOrder("a", "b", "c");
    }

    private List<String> listed(String filter) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        String next = simulator.apiUrl() + "/api/machineactions?$filter=" + filter;
        while (!next.isEmpty()) {
            JsonNode page = SimulatorClient.JSON.readTree(client.get(next, "Authorization", "Bearer " + token).body());
            page.path("value").forEach(action -> names.add(action.path("computerDnsName").asText()));
            next = page.path("@odata.nextLink").asText();
        }
        return names;
    }
}
