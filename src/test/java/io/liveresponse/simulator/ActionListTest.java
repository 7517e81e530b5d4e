package io.liveresponse.simulator;

import static io.liveresponse.simulator.SimulatorSetup.CONTOSO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of machine actions: filter, pages, refusals. Action n was created n hours before 2026-03-01T10:00Z. */
@Tag("integration")
class ActionListTest {

    private static final int ACTIONS = 5;

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private Simulator simulator;
    private SimulatorClient client;
    private String token;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory, Scenario.of(List.of(CONTOSO))).withClock(clock).withPageSize(2));
        client = new SimulatorClient(simulator);
        token = client.token(CONTOSO);
        for (int n = 1; n <= ACTIONS; n++) {
            simulator.actions().put(ScenarioAction.of("contoso", "00000000-0000-4000-8000-00000000000" + n,
                    ScenarioCommand.script("a.ps1", ScenarioBlob.text("{}")))
                    .withStatus(n == 4 ? "Failed" : "Succeeded").createdAgo(Duration.ofHours(n)).withDevice("o'brien-" + n));
        }
        simulator.actions().put(ScenarioAction.of("fabrikam", "00000000-0000-4000-8000-00000000000f"));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "type eq 'LiveResponse' | 1 2 3 4 5",
            "type eq 'Isolate' |",
            "status eq 'Failed' | 4",
            "creationDateTimeUtc ge 2026-03-01T07:00:00Z | 1 2 3",
            "creationDateTimeUtc gt 2026-03-01T07:00:00.0000000Z | 1 2",
            "creationDateTimeUtc lt 2026-03-01T07:00:00Z | 4 5",
            "creationDateTimeUtc le 2026-03-01T07:00:00Z and creationDateTimeUtc ge 2026-03-01T06:00:00Z | 3 4",
            "creationDateTimeUtc eq 2026-03-01T09:00:00Z | 1",
            "status eq 'Failed' or creationDateTimeUtc ge 2026-03-01T09:00:00Z and type eq 'LiveResponse' | 1 4",
            "(status eq 'Failed' or creationDateTimeUtc ge 2026-03-01T09:00:00Z) and type eq 'Isolate' |",
            "requestor eq 'o''brien@contoso.com' |",
            "id eq '00000000-0000-4000-8000-000000000002' | 2",
    })
    void filtersAsDocumented(String filter, String expected) throws Exception {
        assertThat(ids(all("?$filter=" + encoded(filter)))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "lastUpdateDateTimeUtc ge 2026-03-01T07:00:00Z", "computerDnsName eq 'a'", "status ne 'Failed'", "status eq Failed",
            "creationDateTimeUtc ge 'yesterday'", "status eq", "(status eq 'Failed'", "status eq 'Failed' xor", "status eq 'Failed",
    })
    void refusesWhatTheApiDoesNotFilterBy(String filter) throws Exception {
        HttpResponse<String> answer = client.api(token, "/api/machineactions?$filter=" + encoded(filter));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(SimulatorClient.error(answer).path("code").asText()).isEqualTo("BadRequest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$top=10001", "$top=-1", "$skip=x", "$orderby=id", "top=5"})
    void refusesOptionsItDoesNotHave(String query) throws Exception {
        assertThat(client.api(token, "/api/machineactions?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void pagesByNextLinksUntilAllIsTold() throws Exception {
        assertThat(all("")).hasSize(ACTIONS);
        assertThat(simulator.journal().count(EndpointKind.ACTIONS, "contoso")).isEqualTo(3);
    }

    @Test
    void topLimitsTheWholeAndSkipLeavesOut() throws Exception {
        assertThat(ids(all("?$top=3"))).isEqualTo("1 2 3");
        assertThat(ids(all("?$top=2&$skip=3"))).isEqualTo("4 5");
        assertThat(ids(all("?$skip=5"))).isEmpty();
    }

    @Test
    void anActionHasTheFieldsOfTheDocumentation() throws Exception {
        JsonNode action = all("?$top=1").get(0);

        assertThat(action.path("type").asText()).isEqualTo("LiveResponse");
        assertThat(action.path("computerDnsName").asText()).isEqualTo("o'brien-1");
        assertThat(action.path("creationDateTimeUtc").asText()).isEqualTo("2026-03-01T09:00:00Z");
        assertThat(action.path("commands").path(0).path("endTime").asText()).isEqualTo("2026-03-01T09:59:00Z");
        assertThat(action.path("machineId").asText()).hasSize(40);
        JsonNode command = action.path("commands").path(0);
        assertThat(command.path("index").asInt()).isZero();
        assertThat(command.path("commandStatus").asText()).isEqualTo("Completed");
        assertThat(command.path("command").path("type").asText()).isEqualTo("RunScript");
        assertThat(command.path("command").path("params").path(0).path("key").asText()).isEqualTo("ScriptName");
    }

    private List<JsonNode> all(String query) throws IOException, InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        String next = simulator.apiUrl() + "/api/machineactions" + query;
        while (!next.isEmpty()) {
            HttpResponse<String> answer = client.get(next, "Authorization", "Bearer " + token);
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode page = SimulatorClient.JSON.readTree(answer.body());
            page.path("value").forEach(found::add);
            next = page.path("@odata.nextLink").asText();
        }
        return found;
    }

    private static String ids(List<JsonNode> actions) {
        return String.join(" ", actions.stream().map(action -> action.path("id").asText().substring(35)).sorted().toList());
    }

    private static String encoded(String filter) {
        return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
