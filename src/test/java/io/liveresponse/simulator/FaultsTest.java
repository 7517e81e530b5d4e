package io.liveresponse.simulator;

import static io.liveresponse.simulator.SimulatorSetup.ACTION;
import static io.liveresponse.simulator.SimulatorSetup.CONTOSO;
import static io.liveresponse.simulator.SimulatorSetup.FABRIKAM;
import static io.liveresponse.simulator.SimulatorSetup.OTHER_ACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to go wrong, as it is seen on the wire, and which request it hits. */
class FaultsTest {

    private static final ResultKey SCRIPT = new ResultKey("contoso", ACTION, 1);
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int IMPATIENCE_MILLIS = 300;

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private Simulator simulator;
    private SimulatorClient client;
    private String token;
    private String link;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(
                SimulatorOptions.in(directory, SimulatorSetup.scenario()).withClock(clock).withPlainHttp());
        client = new SimulatorClient(simulator);
        token = client.token(CONTOSO);
        link = client.link(token, ACTION, 1);
        simulator.journal().clear();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void hitsTheNextRequestsAndThenNoMore() throws Exception {
        simulator.faults().on(EndpointKind.LINK).next(2, Fault.status(503));

        assertThat(linkStatuses(4)).containsExactly(503, 503, 200, 200);
        assertThat(simulator.journal().calls(EndpointKind.LINK)).extracting(Call::status).containsExactly(503, 503, 200, 200);
    }

    @Test
    void hitsOnlyTheTenantAndTheKeyThatItNames() throws Exception {
        simulator.faults().on(EndpointKind.LINK).tenant("fabrikam").always(Fault.status(500));
        simulator.faults().on(EndpointKind.LINK).key(SCRIPT).once(Fault.status(502));

        assertThat(client.requestLink(token, ACTION, 2).statusCode()).isEqualTo(200);
        assertThat(linkStatuses(2)).containsExactly(502, 200);
        String other = client.token(FABRIKAM);
        assertThat(client.requestLink(other, OTHER_ACTION, 0).statusCode()).isEqualTo(500);
        simulator.faults().clear();
        assertThat(client.requestLink(other, OTHER_ACTION, 0).statusCode()).isEqualTo(200);
    }

    @Test
    void aRateWithTheSameSeedHitsTheSameRequests() throws Exception {
        simulator.faults().on(EndpointKind.LINK).rate(0.5, 42, Fault.status(500));
        List<Integer> first = linkStatuses(20);
        simulator.faults().clear();
        simulator.faults().on(EndpointKind.LINK).rate(0.5, 42, Fault.status(500));

        assertThat(linkStatuses(20)).isEqualTo(first).contains(200, 500);
    }

    @Test
    void aRequestThatTheQuotaRefusesUsesNoFaultAndAFaultUsesQuota() throws Exception {
        simulator.faults().on(EndpointKind.LINK).next(100, Fault.status(500));

        List<Integer> statuses = linkStatuses(101);
        assertThat(statuses.subList(0, 99)).containsOnly(500);
        assertThat(statuses.subList(99, 101)).containsOnly(429);
        clock.advance(Duration.ofMinutes(1));
        assertThat(linkStatuses(2)).containsExactly(500, 200);
    }

    @Test
    void answersWithTheEndpointsOwnErrorBody() throws Exception {
        simulator.faults().on(EndpointKind.LINK).once(Fault.tooManyRequests("Wed, 21 Oct 2026 07:28:00 GMT"));
        simulator.faults().on(EndpointKind.BLOB).once(Fault.status(404));
        simulator.faults().on(EndpointKind.TOKEN).once(Fault.status(503));

        HttpResponse<String> api = client.requestLink(token, ACTION, 1);
        assertThat(SimulatorClient.error(api).path("code").asText()).isEqualTo("TooManyRequests");
        assertThat(SimulatorClient.error(api).path("target").asText()).isNotEmpty();
        assertThat(api.headers().firstValue("Retry-After")).hasValue("Wed, 21 Oct 2026 07:28:00 GMT");
        assertThat(client.get(link).body()).contains("<Code>BlobNotFound</Code>");
        assertThat(client.requestToken(CONTOSO, CONTOSO.clientSecret()).body()).contains("AADSTS");
    }

    @Test
    void answersWithAnyStatusHeadersAndBody() throws Exception {
        simulator.faults().on(EndpointKind.LINK).once(Fault.answer(200, Map.of("Content-Type", "text/html", "X-More", "1"), "<html>"));
        simulator.faults().on(EndpointKind.BLOB).once(Fault.redirect("https://elsewhere.example/?sig=x"));
        simulator.faults().on(EndpointKind.BLOB).once(Fault.contentType("text/plain").withHeaders(Map.of("To", "x@example.com")));

        HttpResponse<String> html = client.requestLink(token, ACTION, 1);
        assertThat(html.statusCode()).isEqualTo(200);
        assertThat(html.body()).isEqualTo("<html>");
        assertThat(html.headers().firstValue("X-More")).hasValue("1");
        HttpResponse<String> redirect = client.get(link);
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location")).hasValue("https://elsewhere.example/?sig=x");
        HttpResponse<String> typed = client.get(link);
        assertThat(typed.headers().firstValue("To")).hasValue("x@example.com");
        assertThat(typed.body()).contains("exit_code");
    }

    @Test
    void changesTheLinksValue() throws Exception {
        simulator.faults().on(EndpointKind.LINK).once(Fault.escapedLink());
        simulator.faults().on(EndpointKind.LINK).once(Fault.quotedLink());
        simulator.faults().on(EndpointKind.LINK).once(Fault.link(value -> "http://169.254.169.254/{{env:HOME}}"));

        assertThat(client.link(token, ACTION, 1)).contains("&amp;sp=r&amp;");
        assertThat(client.link(token, ACTION, 1)).startsWith("\"http").endsWith("%3D\"");
        assertThat(client.link(token, ACTION, 1)).isEqualTo("http://169.254.169.254/{{env:HOME}}");
    }

    @Test
    void anExpiredLinkIsRefusedByTheStoreAndTheNextOneIsGood() throws Exception {
        simulator.faults().on(EndpointKind.LINK).once(Fault.expiredLink());

        assertThat(client.get(client.link(token, ACTION, 1)).statusCode()).isEqualTo(403);
        assertThat(client.get(client.link(token, ACTION, 1)).statusCode()).isEqualTo(200);
    }

    @Test
    void aResetIsAResetAndACloseIsAnEnd() throws Exception {
        simulator.faults().on(EndpointKind.BLOB).once(Fault.reset());
        simulator.faults().on(EndpointKind.BLOB).once(Fault.close());

        assertThatThrownBy(() -> raw(PATIENCE_MILLIS)).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        assertThat(raw(PATIENCE_MILLIS)).isEmpty();
        assertThat(simulator.journal().calls(EndpointKind.BLOB, SCRIPT)).extracting(Call::status).containsExactly(0, 0);
    }

    @Test
    void aHeldRequestGetsNothing() {
        simulator.faults().on(EndpointKind.BLOB).once(Fault.hold());

        assertThatThrownBy(() -> raw(IMPATIENCE_MILLIS)).isInstanceOf(SocketTimeoutException.class);
        assertThat(simulator.journal().calls(EndpointKind.BLOB)).extracting(Call::status).containsExactly(0);
    }

    @Test
    void aCutBodyPromisesItsWholeLengthAndEndsEarly() throws Exception {
        simulator.faults().on(EndpointKind.BLOB).once(Fault.cut(10));
        simulator.faults().on(EndpointKind.BLOB).once(Fault.cut(0));
        String cut = raw(PATIENCE_MILLIS);
        String headOnly = raw(PATIENCE_MILLIS);

        int length = client.get(link).body().length();
        assertThat(cut).startsWith("HTTP/1.1 200").contains("Content-Length: " + length + "\r\n").endsWith("\r\n\r\n{\"script_n");
        assertThat(headOnly).contains("Content-Length: " + length + "\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void aDripEndsWholeWhereOneWaitsLongEnough() throws Exception {
        simulator.faults().on(EndpointKind.BLOB).once(Fault.drip(Duration.ofMillis(2)));
        simulator.faults().on(EndpointKind.BLOB).once(Fault.delay(Duration.ofMillis(2)));

        assertThat(client.get(link).body()).endsWith("\"script_errors\":\"\"}");
        assertThat(client.get(link).body()).endsWith("\"script_errors\":\"\"}");
    }

    private List<Integer> linkStatuses(int calls) throws IOException, InterruptedException {
        List<Integer> statuses = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            statuses.add(client.requestLink(token, ACTION, 1).statusCode());
        }
        return statuses;
    }

    /** What comes over a connection of its own until its end. */
    private String raw(int timeoutMillis) throws IOException {
        URI blob = simulator.blobUrl();
        try (Socket socket = new Socket(blob.getHost(), blob.getPort())) {
            socket.setSoTimeout(timeoutMillis);
            String target = link.substring(blob.toString().length());
            socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\nHost: " + blob.getAuthority() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
