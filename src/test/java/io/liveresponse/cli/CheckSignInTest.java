package io.liveresponse.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.liveresponse.ConnectProxy;
import io.liveresponse.SignedAssertion;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} as an operator starts it, in a process of its own: through a proxy, and with an identity of the machine. */
@Tag("integration")
class CheckSignInTest {

    private static final SimulatorTenant CONTOSO = SimulatorTenant.of("contoso", "11111111-1111-4111-8111-111111111111",
            "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "contoso-secret~value").withRoles(SimulatorTenant.READ_WRITE);
    private static final String PROXY_PASSWORD = "proxy~password";

    @TempDir
    Path directory;

    private final Map<String, String> settings = new HashMap<>();
    private Simulator simulator;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(List.of(CONTOSO))));
        settings.putAll(simulator.settings());
        settings.put("live-response.data-directory", directory.resolve("data").toString());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private CommandLineRun check(Map<String, String> environment) throws Exception {
        return CommandLineRun.inProcess(directory, environment, "check", "--config",
                CommandLineRun.config(directory, settings).toString());
    }

    private static String place(URI url) {
        return url.getHost() + ":" + url.getPort();
    }

    @Test
    void sign_in_api_and_ticket_system_are_reached_through_the_proxy_with_its_login() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.withLogin("me", PROXY_PASSWORD)) {
            settings.putAll(Map.of("live-response.proxy.url", proxy.url(), "live-response.proxy.user", "me",
                    "live-response.proxy.password", PROXY_PASSWORD));

            CommandLineRun run = check(Map.of());

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(proxy.targets()).contains(place(simulator.authorityHost()), place(simulator.apiUrl()), place(simulator.ticketUrl()))
                    .hasSize(3);
            assertThat(proxy.others()).isEmpty();
            assertThat(run.out() + run.err()).doesNotContain(PROXY_PASSWORD);
        }
    }

    @Test
    void a_wrong_login_at_the_proxy_fails_each_check_that_needs_it() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.withLogin("me", PROXY_PASSWORD)) {
            settings.putAll(Map.of("live-response.proxy.url", proxy.url(), "live-response.proxy.user", "me",
                    "live-response.proxy.password", "wrong~password"));

            CommandLineRun run = check(Map.of());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(proxy.targets()).isEmpty();
            assertThat(simulator.journal().calls()).isEmpty();
            assertThat(run.out() + run.err()).contains("live-response.proxy.").doesNotContain("wrong~password");
        }
    }

    @Test
    void hosts_of_the_no_proxy_list_are_reached_without_it() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.open()) {
            settings.putAll(Map.of("live-response.proxy.url", proxy.url(), "live-response.proxy.no-proxy", "localhost"));

            CommandLineRun run = check(Map.of());

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(proxy.targets()).isEmpty();
            assertThat(proxy.others()).isEmpty();
        }
    }

    @Test
    void the_token_of_the_managed_identity_is_the_assertion_for_the_tenant() throws Exception {
        String assertion = SignedAssertion.of(CONTOSO.tenantId(), CONTOSO.clientId(), simulator.clientCertificate("contoso"));
        settings.put("live-response.tenant.contoso.credential", "federated-managed-identity");
        settings.put("live-response.tenant.contoso.federated-client-id", "eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee");
        settings.remove("live-response.tenant.contoso.client-secret");
        WireMockServer identity = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
        identity.start();
        try {
            identity.stubFor(any(anyUrl()).willReturn(okJson("{\"access_token\":\"" + assertion + "\",\"token_type\":\"Bearer\","
                    + "\"resource\":\"api://AzureADTokenExchange\",\"expires_on\":\"" + (Instant.now().getEpochSecond() + 3_600)
                    + "\"}")));

            CommandLineRun run = check(
                    Map.of("IDENTITY_ENDPOINT", identity.baseUrl() + "/msi/token", "IDENTITY_HEADER", "header-of-the-machine"));

            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            // the simulator grants a token to this assertion alone: it is signed by the app's key, and no secret is set
            assertThat(simulator.journal().count(EndpointKind.TOKEN)).isOne();
            identity.verify(1,
                    getRequestedFor(urlPathEqualTo("/msi/token")).withHeader("X-IDENTITY-HEADER", equalTo("header-of-the-machine"))
                            .withQueryParam("resource", matching("api://AzureADTokenExchange/?"))
                            .withQueryParam("client_id", equalTo("eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee")));
            assertThat(run.out() + run.err()).doesNotContain(assertion);
        } finally {
            identity.stop();
        }
    }
}
