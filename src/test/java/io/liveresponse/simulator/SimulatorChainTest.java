package io.liveresponse.simulator;

import static io.liveresponse.simulator.SimulatorSetup.ACTION;
import static io.liveresponse.simulator.SimulatorSetup.CONTOSO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.http.Host;
import io.liveresponse.simulator.http.Journal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Token, link, blob: the way through, and what is counted on it. */
@Tag("integration")
class SimulatorChainTest {

    private static final ResultKey SCRIPT = new ResultKey("contoso", ACTION, 1);

    @TempDir
    Path directory;

    private Simulator simulator;
    private SimulatorClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory, SimulatorSetup.scenario()));
        client = new SimulatorClient(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void leadsFromTokenOverLinkToTheTranscript() throws Exception {
        String token = client.token(CONTOSO);
        HttpResponse<String> link = client.requestLink(token, ACTION, 1);
        HttpResponse<String> blob = client.get(SimulatorClient.value(link));

        assertThat(link.statusCode()).isEqualTo(200);
        assertThat(SimulatorClient.JSON.readTree(link.body()).path("@odata.context").asText()).startsWith(simulator.apiUrl().toString());
        assertThat(blob.statusCode()).isEqualTo(200);
        assertThat(blob.body()).isEqualTo(
                "{\"script_name\":\"collect.ps1\",\"exit_code\":0,\"script_output\":\"done\\n\",\"script_errors\":\"\"}");
        assertThat(blob.headers().firstValueAsLong("Content-Length")).hasValue(blob.body().length());
        Journal journal = simulator.journal();
        assertThat(journal.calls()).extracting(Call::kind)
                .containsExactly(EndpointKind.TOKEN, EndpointKind.LINK, EndpointKind.BLOB);
        assertThat(journal.count(EndpointKind.LINK, "contoso")).isEqualTo(1);
        assertThat(journal.count(EndpointKind.LINK, "fabrikam")).isZero();
        assertThat(journal.count(EndpointKind.LINK, SCRIPT)).isEqualTo(1);
        assertThat(journal.count(EndpointKind.BLOB, SCRIPT)).isEqualTo(1);
        assertThat(journal.bearerSeenAtBlobStore()).isZero();
        assertThat(journal.answers429()).isZero();
    }

    @Test
    void linksHaveTheDocumentedShapeWithARawSlashAndAnEscapedEqualsSign() throws Exception {
        String link = client.link(client.token(CONTOSO), ACTION, 1);

        assertThat(link).startsWith(simulator.blobUrl() + "/investigation-actions-data/ID/CustomPlaybookCommandOutput/");
        assertThat(link.substring(link.indexOf('?') + 1))
                .matches("se=\\d{4}-\\d\\d-\\d\\dT\\d\\d%3A\\d\\d%3A\\d\\dZ&sp=r&sv=2019-07-07&sr=b"
                        + "&sig=[A-Za-z0-9/]*/[A-Za-z0-9/]*%3D");
    }

    @Test
    void takesALinkPathWithEscapedParenthesesAndKeepsItAsItCame() throws Exception {
        String path = "/api/machineactions/" + ACTION + "/GetLiveResponseResultDownloadLink%28index%3D1%29";

        assertThat(client.api(client.token(CONTOSO), path).statusCode()).isEqualTo(200);
        assertThat(simulator.journal().calls(EndpointKind.LINK)).extracting(Call::target).containsExactly(path);
    }

    @Test
    void aGetFileIsPackedAndNamed() throws Exception {
        String link = client.link(client.token(CONTOSO), ACTION, 2);
        HttpResponse<byte[]> blob = client.send(SimulatorClient.request(link).build(), BodyHandlers.ofByteArray());

        assertThat(blob.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"out.zip\"");
        assertThat(blob.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(blob.body())).readAllBytes()).asString().isEqualTo("the file");
    }

    @Test
    void azureIdentityGetsATokenWithASecret() throws Exception {
        String token = new ClientSecretCredentialBuilder()
                .tenantId(CONTOSO.tenantId()).clientId(CONTOSO.clientId()).clientSecret(CONTOSO.clientSecret())
                .authorityHost(simulator.authorityHost().toString()).disableInstanceDiscovery()
                .httpClient(new JdkHttpClientBuilder(HttpClient.newBuilder()
                        .sslContext(SimulatorClient.client(simulator).sslContext())).build())
                .build().getTokenSync(new TokenRequestContext().addScopes(CONTOSO.scope())).getToken();

        JsonNode claims = SimulatorClient.JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        assertThat(claims.path("aud").asText()).isEqualTo("https://api.securitycenter.microsoft.com");
        assertThat(claims.path("tid").asText()).isEqualTo(CONTOSO.tenantId());
        assertThat(claims.path("roles").path(0).asText()).isEqualTo("Machine.ReadWrite.All");
        assertThat(client.requestLink(token, ACTION, 1).statusCode()).isEqualTo(200);
        assertThat(simulator.journal().count(EndpointKind.TOKEN, "contoso")).isEqualTo(1);
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void azureIdentityGetsATokenWithACertificate() throws Exception {
        Path pem = simulator.clientCertificate("contoso");

        String token = new ClientCertificateCredentialBuilder()
                .tenantId(CONTOSO.tenantId()).clientId(CONTOSO.clientId()).pemCertificate(pem.toString())
                .authorityHost(simulator.authorityHost().toString()).disableInstanceDiscovery()
                .httpClient(new JdkHttpClientBuilder(HttpClient.newBuilder()
                        .sslContext(SimulatorClient.client(simulator).sslContext())).build())
                .build().getTokenSync(new TokenRequestContext().addScopes(CONTOSO.scope())).getToken();

        assertThat(client.requestLink(token, ACTION, 1).statusCode()).isEqualTo(200);
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void theOpenIdConfigurationNamesTheTokenEndpoint() throws Exception {
        HttpResponse<String> answer = client.get(
                simulator.authorityHost() + "/" + CONTOSO.tenantId() + "/v2.0/.well-known/openid-configuration");

        assertThat(SimulatorClient.JSON.readTree(answer.body()).path("token_endpoint").asText())
                .isEqualTo(simulator.authorityHost() + "/" + CONTOSO.tenantId() + "/oauth2/v2.0/token");
        assertThat(simulator.journal().count(EndpointKind.METADATA, "contoso")).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.TOKEN)).isZero();
    }

    @Test
    void itsSettingsAreSettingsOfTheProduct() {
        Map<String, String> settings = simulator.settings();

        Settings product = Settings.of(settings);
        assertThat(settings.keySet()).allSatisfy(key -> assertThat(product.find(key)).isPresent());
        assertThat(product.tenants()).containsExactly("contoso", "fabrikam");
        assertThat(product.list("live-response.link.allowed-hosts")).containsExactly("localhost:" + simulator.blobUrl().getPort());
        assertThat(product.list("live-response.link.allowed-schemes")).containsExactly("https");
    }

    @Test
    void whatNoEndpointKnowsIsUnexpected() throws IOException, InterruptedException {
        assertThat(client.get(simulator.blobUrl() + "/elsewhere", "Authorization", "Bearer x").statusCode()).isEqualTo(404);
        assertThat(client.get(simulator.apiUrl() + "/api/alerts").statusCode()).isEqualTo(404);

        assertThat(simulator.journal().unexpected()).extracting(Call::host).containsExactly(Host.BLOB, Host.API);
        assertThat(simulator.journal().bearerSeenAtBlobStore()).isEqualTo(1);
    }

    @Test
    void aMalformedRequestIsUnexpectedToo() throws Exception {
        try (Simulator plain = Simulator.start(SimulatorOptions.in(directory.resolve("plain"), SimulatorSetup.scenario()).withPlainHttp());
                Socket socket = new Socket("localhost", plain.apiUrl().getPort())) {
            socket.getOutputStream().write("GET /x HTTP/1.1\r\nbroken header\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 400 ");
            assertThat(plain.journal().unexpected()).hasSize(1);
        }
    }

    @Test
    void aResetReachesAClientBehindTlsAsAReset() throws Exception {
        String link = client.link(client.token(CONTOSO), ACTION, 1);
        simulator.faults().on(EndpointKind.BLOB).always(Fault.reset());

        assertThatThrownBy(() -> client.get(link)).isInstanceOf(IOException.class).hasStackTraceContaining("reset");
    }

    @Test
    void countsExactlyWhatManyThreadsCall() throws Exception {
        String token = client.token(CONTOSO);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Integer>> calls = Collections.nCopies(130, () -> client.requestLink(token, ACTION, 1).statusCode());
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : threads.invokeAll(calls)) {
                statuses.add(status.get());
            }

            assertThat(statuses).filteredOn(status -> status == 200).hasSize(100);
            assertThat(statuses).filteredOn(status -> status == 429).hasSize(30);
            assertThat(simulator.journal().count(EndpointKind.LINK, SCRIPT)).isEqualTo(130);
            assertThat(simulator.journal().answers429()).isEqualTo(30);
            assertThat(simulator.journal().maxInAnyWindow("contoso", Duration.ofMinutes(1))).isEqualTo(130);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void noTextFormHoldsASecret() throws Exception {
        String token = client.token(CONTOSO);
        String link = client.link(token, ACTION, 1);
        client.get(link);

        String shown = simulator.journal() + " " + simulator.journal().calls() + " " + CONTOSO;
        assertThat(shown).doesNotContain(token, CONTOSO.clientSecret(), link.substring(link.indexOf("sig=")));
    }
}
