package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.SignedAssertion;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchTokenTest extends RoutesTestSupport {

    private Exchange signIn(String tenant) {
        return template.request("direct:live-response-fetch-token",
                exchange -> exchange.setVariable("liveResponseKey", tenant.equals("contoso") ? KEY : OTHER_KEY));
    }

    private long tokenRequests() {
        return simulator.journal().count(EndpointKind.TOKEN);
    }

    @Test
    void oneTokenServesManyRequestsOfManyThreads() throws Exception {
        start();

        List<Exchange> done = crowd(32, 128, i -> signIn("contoso"));

        assertThat(done).allSatisfy(exchange -> {
            assertThat(exchange.getException()).isNull();
            assertThat(everythingOn(exchange)).doesNotContain("Bearer", "eyJ");
        });
        assertThat(tokenRequests()).isEqualTo(1);
    }

    @Test
    void eachTenantHasATokenOfItsOwn() throws Exception {
        start();

        crowd(8, 32, i -> signIn(i % 2 == 0 ? "contoso" : "fabrikam"));

        assertThat(simulator.journal().count(EndpointKind.TOKEN, "contoso")).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.TOKEN, "fabrikam")).isEqualTo(1);
    }

    @Test
    void aTokenThatEndsIsReplacedOnceForAllThreads() throws Exception {
        useRealTime();
        simulatorWith(options -> options.withClock(java.time.Clock.systemUTC()).withTokenLifetime(Duration.ofSeconds(4)));
        start();
        signIn("contoso");

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            crowd(16, 16, i -> signIn("contoso"));
            return tokenRequests() > 1;
        });

        assertThat(tokenRequests()).isEqualTo(2);
        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);
    }

    @Test
    void aPrivateAuthorityMayBeGivenAsPem() throws Exception {
        startSimulator();
        set("live-response.tls.trust-store", Files.writeString(directory.resolve("authority.pem"),
                "The authority of our proxy\n" + Files.readString(simulator.trustStore())));
        start();

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);
    }

    @Test
    void aWrongSecretIsRefusedOnceAndNamesTheSetting() throws Exception {
        set("live-response.tenant.contoso.client-secret", "not~the~secret");
        start();

        Exchange exchange = fetch(KEY);

        LiveResponseException failure = failure(exchange);
        assertThat(failure.getCode()).isEqualTo(FailureCode.TOKEN_REFUSED);
        assertThat(failure).hasMessageContaining("live-response.tenant.contoso.client-secret").hasMessageContaining("AADSTS7000215");
        assertThat(everythingOn(exchange)).doesNotContain("not~the~secret");
        assertThat(tokenRequests()).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isZero();
        assertThat(waits.all()).isEmpty();
    }

    @Test
    void anUnknownClientIsRefusedAndNamesTheSetting() throws Exception {
        set("live-response.tenant.contoso.client-id", "cccccccc-cccc-4ccc-8ccc-cccccccccccc");
        start();

        assertThat(failure(fetch(KEY))).hasMessageContaining("live-response.tenant.contoso.client-id")
                .extracting(LiveResponseException::getCode).isEqualTo(FailureCode.TOKEN_REFUSED);
    }

    @Test
    void anUnknownDirectoryIsRefusedAndNamesTheSetting() throws Exception {
        set("live-response.tenant.contoso.tenant-id", "dddddddd-dddd-4ddd-8ddd-dddddddddddd");
        start();

        assertThat(failure(fetch(KEY))).hasMessageContaining("live-response.tenant.contoso.tenant-id")
                .extracting(LiveResponseException::getCode).isEqualTo(FailureCode.TOKEN_REFUSED);
    }

    @Test
    void aTenantWhoseSecretIsWrongDoesNotKeepAnotherFromItsResult() throws Exception {
        set("live-response.tenant.contoso.client-secret", "not~the~secret");
        start();
        failure(fetch(KEY));

        assertThat(result(fetch(OTHER_KEY)).key()).isEqualTo(OTHER_KEY);
    }

    @Test
    void aSignInHostThatIsDownIsUnavailable() throws Exception {
        int nobodyThere;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodyThere = socket.getLocalPort();
        }
        set("live-response.tenant.contoso.authority-host", "https://localhost:" + nobodyThere);
        start();

        Exchange exchange = signIn("contoso");

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.TOKEN_UNAVAILABLE);
        assertThat(failure(exchange)).hasMessageContaining("live-response.tenant.contoso.authority-host");
        assertThat(everythingOn(exchange)).doesNotContain(CONTOSO.clientSecret());
    }

    @Test
    void aSignInHostWithAFaultOfItsOwnIsAskedAgain() throws Exception {
        start();
        simulator.faults().on(EndpointKind.TOKEN).next(20, Fault.status(503));
        set("live-response.retry.attempts", "2");

        Exchange first = signIn("contoso");
        simulator.faults().clear();

        assertThat(failure(first).getCode()).isEqualTo(FailureCode.TOKEN_UNAVAILABLE);
        assertThat(signIn("contoso").getException()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 502, 503})
    void aPageInsteadOfTheSignInHostsAnswerRefusesNobody(int status) throws Exception {
        start();
        simulator.faults().on(EndpointKind.TOKEN)
                .always(Fault.answer(status, Map.of("Content-Type", "text/html"), "<html>Bad Gateway</html>"));

        assertThat(failure(signIn("contoso")).getCode()).isEqualTo(FailureCode.TOKEN_UNAVAILABLE);
    }

    @Test
    void aCertificateOfAnAuthorityThatIsNotTrustedNamesTheTrustStore() throws Exception {
        startSimulator();
        try (Simulator stranger = Simulator.start(SimulatorOptions.in(directory.resolve("stranger"), Scenario.of(List.of(CONTOSO))))) {
            set("live-response.tenant.contoso.authority-host", stranger.authorityHost());
            start();

            Exchange exchange = signIn("contoso");

            assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.TOKEN_UNAVAILABLE);
            assertThat(failure(exchange)).hasMessageContaining("live-response.tls.trust-store");
            assertThat(everythingOn(exchange)).doesNotContain(CONTOSO.clientSecret());
            assertThat(stranger.journal().calls()).isEmpty();
        }
    }

    @Test
    void aClientCertificateSignsIn() throws Exception {
        startSimulator();
        set("live-response.tenant.contoso.credential", "certificate");
        set("live-response.tenant.contoso.certificate-path", simulator.clientCertificate("contoso"));
        start();

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);
        assertThat(tokenRequests()).isEqualTo(1);
    }

    @Test
    void aClientCertificateThatIsNotRegisteredNamesTheSetting() throws Exception {
        startSimulator();
        set("live-response.tenant.contoso.credential", "certificate");
        set("live-response.tenant.contoso.certificate-path", simulator.clientCertificate("fabrikam"));
        start();

        assertThat(failure(signIn("contoso"))).hasMessageContaining("live-response.tenant.contoso.certificate-path")
                .extracting(LiveResponseException::getCode).isEqualTo(FailureCode.TOKEN_REFUSED);
    }

    @Test
    void the_token_of_a_file_signs_in_and_the_file_is_read_for_each_sign_in() throws Exception {
        startSimulator();
        Path file = Files.writeString(directory.resolve("oidc.jwt"), "not.the.token\n");
        set("live-response.tenant.contoso.credential", "federated-token-file");
        set("live-response.tenant.contoso.federated-token-file", file);
        start();

        assertThat(failure(signIn("contoso")).getCode()).isEqualTo(FailureCode.TOKEN_REFUSED);
        Files.writeString(file, SignedAssertion.of(CONTOSO.tenantId(), CONTOSO.clientId(), simulator.clientCertificate("contoso")) + "\n");

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);
        assertThat(tokenRequests()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"missing.jwt, cannot be read", "empty.jwt, names an empty file"})
    void a_token_file_without_a_token_names_its_setting(String name, String complaint) throws Exception {
        Files.writeString(directory.resolve("empty.jwt"), "");
        set("live-response.tenant.contoso.credential", "federated-token-file");
        set("live-response.tenant.contoso.federated-token-file", directory.resolve(name));
        start();

        assertThat(failure(signIn("contoso"))).hasMessageContaining("live-response.tenant.contoso.federated-token-file")
                .hasMessageContaining(complaint);
        assertThat(tokenRequests()).isZero();
    }
}
