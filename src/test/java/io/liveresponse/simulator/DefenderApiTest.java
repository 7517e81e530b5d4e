package io.liveresponse.simulator;

import static io.liveresponse.simulator.SimulatorClient.error;
import static io.liveresponse.simulator.SimulatorSetup.ACTION;
import static io.liveresponse.simulator.SimulatorSetup.CONTOSO;
import static io.liveresponse.simulator.SimulatorSetup.FABRIKAM;
import static io.liveresponse.simulator.SimulatorSetup.OTHER_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.api.Actions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sign-in service and the API refuse, and how. */
@Tag("integration")
class DefenderApiTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private Simulator simulator;
    private SimulatorClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory, SimulatorSetup.scenario()).withClock(clock)
                .withTokenLifetime(Duration.ofMinutes(10)).withQuota(3, MINUTE, 5, Duration.ofHours(1)));
        client = new SimulatorClient(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aWrongSecretIsAnInvalidClient() throws Exception {
        HttpResponse<String> answer = client.requestToken(CONTOSO, "wrong");

        assertThat(answer.statusCode()).isEqualTo(401);
        JsonNode json = SimulatorClient.JSON.readTree(answer.body());
        assertThat(json.path("error").asText()).isEqualTo("invalid_client");
        assertThat(json.path("error_description").asText()).startsWith("AADSTS7000215: ");
        assertThat(json.path("error_codes").path(0).asInt()).isEqualTo(7000215);
        assertThat(answer.body()).doesNotContain(CONTOSO.clientSecret());
    }

    @Test
    void anUnknownClientTenantScopeOrGrantIsRefusedInItsOwnWords() throws Exception {
        Map<String, String> good = Map.of("grant_type", "client_credentials", "client_id", CONTOSO.clientId(),
                "client_secret", CONTOSO.clientSecret(), "scope", CONTOSO.scope());

        assertThat(client.requestToken(CONTOSO.tenantId(), changed(good, "client_id", FABRIKAM.clientId())).body())
                .contains("unauthorized_client", "AADSTS700016");
        assertThat(client.requestToken("no-such-tenant", good).body()).contains("invalid_request", "AADSTS90002");
        assertThat(client.requestToken(CONTOSO.tenantId(), changed(good, "scope", "Machine.ReadWrite.All")).body())
                .contains("invalid_scope");
        assertThat(client.requestToken(CONTOSO.tenantId(), changed(good, "scope", "https://nowhere.example/.default")).body())
                .contains("invalid_resource", "AADSTS500011");
        assertThat(client.requestToken(CONTOSO.tenantId(), changed(good, "grant_type", "password")).body())
                .contains("unsupported_grant_type");
        assertThat(client.requestToken(CONTOSO.tenantId(), changed(good, "client_assertion", "a.b.c")).body())
                .contains("invalid_client", "AADSTS700027");
        assertThat(simulator.journal().count(EndpointKind.TOKEN, "contoso")).isEqualTo(5);
    }

    private static Map<String, String> changed(Map<String, String> form, String name, String value) {
        Map<String, String> changed = new HashMap<>(form);
        changed.put(name, value);
        return changed;
    }

    @Test
    void aMissingForeignExpiredOrRevokedTokenIsUnauthorized() throws Exception {
        String token = client.token(CONTOSO);
        HttpResponse<String> foreign = client.requestLink(token + "x", ACTION, 1);

        assertThat(foreign.statusCode()).isEqualTo(401);
        assertThat(error(foreign).path("code").asText()).isEqualTo("Unauthorized");
        assertThat(error(foreign).path("target").asText()).hasSize(36);
        assertThat(client.get(simulator.apiUrl() + "/api/machineactions").statusCode()).isEqualTo(401);
        simulator.revokeTokens();
        assertThat(client.requestLink(token, ACTION, 1).statusCode()).isEqualTo(401);
        String fresh = client.token(CONTOSO);
        assertThat(client.requestLink(fresh, ACTION, 1).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(10));
        assertThat(client.requestLink(fresh, ACTION, 1).statusCode()).isEqualTo(401);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(4);
        assertThat(simulator.journal().count(EndpointKind.LINK, "contoso")).as("calls whose token was issued here").isEqualTo(3);
    }

    @Test
    void aTokenWithoutTheRoleOrForTheNewHostIsForbidden() throws Exception {
        SimulatorTenant weak = new SimulatorTenant("weak", "33333333-3333-4333-8333-333333333333", "c", "s", null,
                List.of("Machine.LiveResponse"));
        try (Simulator other = Simulator.start(SimulatorOptions.in(directory.resolve("weak"),
                Scenario.of(List.of(weak, CONTOSO), ScenarioAction.of("weak", ACTION))))) {
            SimulatorClient otherClient = new SimulatorClient(other);
            HttpResponse<String> noRole = otherClient.requestLink(otherClient.token(weak), ACTION, 0);
            String newHost = otherClient.token(CONTOSO.withScope("https://api.security.microsoft.com/.default"));
            String elsewhere = otherClient.token(CONTOSO.withScope("https://graph.microsoft.com/.default"));

            assertThat(noRole.statusCode()).isEqualTo(403);
            assertThat(error(noRole).path("code").asText()).isEqualTo("Forbidden");
            assertThat(error(noRole).path("message").asText()).contains("Machine.ReadWrite.All");
            assertThat(otherClient.requestLink(newHost, ACTION, 0).statusCode()).isEqualTo(403);
            assertThat(otherClient.requestLink(elsewhere, ACTION, 0).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void anActionOfAnotherTenantIsNotFound() throws Exception {
        HttpResponse<String> answer = client.requestLink(client.token(CONTOSO), OTHER_ACTION, 0);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(error(answer).path("code").asText()).isEqualTo("ResourceNotFound");
    }

    @Test
    void aWrongIndexIsABadRequestAndACommandWithoutResultIsNotFound() throws Exception {
        String token = client.token(CONTOSO);

        assertThat(client.requestLink(token, ACTION, 3).statusCode()).isEqualTo(400);
        assertThat(client.requestLink(token, ACTION, "x").statusCode()).isEqualTo(400);
        assertThat(client.requestLink(token, ACTION, 0).statusCode()).isEqualTo(404);
    }

    @Test
    void aPendingActionIsNotFoundForAsManyCallsAsItSays() throws Exception {
        simulator.actions().put(ScenarioAction.of("contoso", OTHER_ACTION,
                ScenarioCommand.script("a.ps1", ScenarioBlob.text("{}"))).withPendingCalls(2));
        String token = client.token(CONTOSO);

        JsonNode running = SimulatorClient.JSON.readTree(client.api(token, "/api/machineactions/" + OTHER_ACTION).body());
        assertThat(running.path("status").asText()).isEqualTo("InProgress");
        assertThat(running.path("commands").path(0).path("commandStatus").asText()).isEqualTo("Created");
        assertThat(client.requestLink(token, OTHER_ACTION, 0).statusCode()).isEqualTo(404);
        assertThat(client.requestLink(token, OTHER_ACTION, 0).statusCode()).isEqualTo(200);
        JsonNode ended = SimulatorClient.JSON.readTree(client.api(token, "/api/machineactions/" + OTHER_ACTION).body());
        assertThat(ended.path("status").asText()).isEqualTo("Succeeded");
        assertThat(simulator.journal().count(EndpointKind.ACTION, new ResultKey("contoso", OTHER_ACTION, Actions.ACTION_ITSELF)))
                .isEqualTo(2);
    }

    @Test
    void theMinuteWindowRefusesTheFourthCallUntilTheFirstHasLeftIt() throws Exception {
        String token = client.token(CONTOSO);
        for (int call = 0; call < 3; call++) {
            assertThat(client.requestLink(token, ACTION, 1).statusCode()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(10));
        }
        HttpResponse<String> refused = client.requestLink(token, ACTION, 1);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(error(refused).path("code").asText()).isEqualTo("TooManyRequests");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
        clock.advance(Duration.ofSeconds(30).minusMillis(1));
        assertThat(client.requestLink(token, ACTION, 1).statusCode()).isEqualTo(429);
        clock.advance(Duration.ofMillis(1));
        assertThat(client.requestLink(token, ACTION, 1).statusCode()).isEqualTo(200);
        assertThat(simulator.journal().answers429()).isEqualTo(2);
        assertThat(simulator.journal().maxInAnyWindow("contoso", MINUTE)).isEqualTo(5);
    }

    @Test
    void theHourWindowHoldsWhereTheMinuteHasRoom() throws Exception {
        for (int call = 0; call < 5; call++) {
            assertThat(client.requestLink(client.token(CONTOSO), ACTION, 1).statusCode()).isEqualTo(200);
            clock.advance(MINUTE);
        }
        HttpResponse<String> refused = client.requestLink(client.token(CONTOSO), ACTION, 1);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("3300");
    }

    @Test
    void oneTenantsQuotaIsNotAnothersAndLinksAreCountedApartFromActions() throws Exception {
        String token = client.token(CONTOSO);
        for (int call = 0; call < 3; call++) {
            client.requestLink(token, ACTION, 1);
        }

        assertThat(client.requestLink(token, ACTION, 1).statusCode()).isEqualTo(429);
        assertThat(client.requestLink(client.token(FABRIKAM), OTHER_ACTION, 0).statusCode()).isEqualTo(200);
        assertThat(client.api(token, "/api/machineactions/" + ACTION).statusCode()).isEqualTo(200);
        assertThat(client.api(token, "/api/machineactions").statusCode()).isEqualTo(200);
    }
}
