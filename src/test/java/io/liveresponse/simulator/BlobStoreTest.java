package io.liveresponse.simulator;

import static io.liveresponse.simulator.SimulatorSetup.ACTION;
import static io.liveresponse.simulator.SimulatorSetup.CONTOSO;
import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the blob store lets through and what not. */
class BlobStoreTest {

    private static final ResultKey SCRIPT = new ResultKey("contoso", ACTION, 1);
    private static final long LARGE = 300L << 20;

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private Simulator simulator;
    private SimulatorClient client;
    private String link;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory, SimulatorSetup.scenario()).withClock(clock).withPlainHttp());
        client = new SimulatorClient(simulator);
        link = client.link(client.token(CONTOSO), ACTION, 1);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void plainHttpIsForApiAndStoreOnly() {
        assertThat(simulator.blobUrl()).hasScheme("http");
        assertThat(simulator.apiUrl()).hasScheme("http");
        assertThat(simulator.authorityHost()).hasScheme("https");
        assertThat(simulator.ticketUrl()).hasScheme("https");
        assertThat(simulator.settings()).containsEntry("live-response.link.allowed-schemes", "http");
    }

    @Test
    void keepsTheRequestLineByteForByte() throws Exception {
        client.get(link);

        assertThat(simulator.journal().calls(EndpointKind.BLOB, SCRIPT)).extracting(Call::target)
                .containsExactly(link.substring(simulator.blobUrl().toString().length()));
    }

    @Test
    void refusesAQueryThatWasDecodedReorderedOrChanged() throws Exception {
        int query = link.indexOf('?') + 1;
        int signature = link.indexOf("sig=") + 4;
        String reordered = link.substring(0, query) + "sig=" + link.substring(signature) + "&"
                + link.substring(query, link.indexOf("&sig="));
        for (String broken : new String[]{link.replace("%3D", "="), link.replace("%3A", ":"), reordered, link + "&x=1",
                link.substring(0, signature) + link.substring(signature).replace("/", "%2F"), link.substring(0, query - 1),
                link.replace("sp=r&", "sp=rw&")}) {
            HttpResponse<String> answer = client.get(broken);

            assertThat(answer.statusCode()).as(broken).isEqualTo(403);
            assertThat(answer.body()).contains("<Code>AuthenticationFailed</Code>");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/xml");
        }
        assertThat(client.get(link).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesALinkAtItsEnd() throws Exception {
        clock.advance(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(client.get(link).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.get(link).statusCode()).isEqualTo(403);
    }

    @Test
    void refusesAndCountsAnAuthorizationHeader() throws Exception {
        HttpResponse<String> answer = client.get(link, "Authorization", "Bearer abc");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>InvalidAuthenticationInfo</Code>");
        assertThat(client.get(link, "X-Token", "bearer abc").statusCode()).isEqualTo(200);
        assertThat(simulator.journal().bearerSeenAtBlobStore()).isEqualTo(2);
    }

    @Test
    void aRemovedBlobIsNotFoundUnderItsGoodLink() throws Exception {
        simulator.actions().removeBlob(SCRIPT);

        HttpResponse<String> answer = client.get(link);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("<Code>BlobNotFound</Code>");
    }

    @Test
    void streamsALargeBodyToASlowReaderWithoutHoldingIt() throws Exception {
        simulator.actions().put(ScenarioAction.of("contoso", ACTION,
                ScenarioCommand.getFile("C:\\big.bin", ScenarioBlob.generated(LARGE))));
        String large = client.link(client.token(CONTOSO), ACTION, 0);

        HttpResponse<InputStream> answer = client.send(SimulatorClient.request(large).build(), BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(LARGE);
        long read = 0;
        byte[] piece = new byte[1 << 16];
        try (InputStream in = answer.body()) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                read += count;
            }
        }
        assertThat(read).isEqualTo(LARGE);
    }
}
