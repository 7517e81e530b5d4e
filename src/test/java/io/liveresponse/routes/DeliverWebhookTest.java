package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.liveresponse.model.Outcome;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A receiver that keeps every byte. */
class DeliverWebhookTest extends TicketTestSupport {

    private static final String SECRET = "a-signing-secret";

    private WireMockServer receiver;

    @Override
    TicketSystem.Kind ticketSystemKind() {
        return TicketSystem.Kind.WEBHOOK;
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        receiver = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        receiver.start();
        receiver.stubFor(WireMock.post("/hook?code=%7Eabc%2B").willReturn(WireMock.ok("ok")));
        return super.createCamelContext();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop();
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.put("live-response.deliver.ticket.url", receiver.baseUrl() + "/hook?code=%7Eabc%2B");
        settings.put("live-response.deliver.ticket.signing-secret", SECRET);
        settings.put("live-response.deliver.ticket.headers", "X-Team=soc, X-Api-Key=k=1, Idempotency-Key=mine");
        return settings;
    }

    private LoggedRequest received() {
        List<LoggedRequest> requests = receiver.findAll(WireMock.anyRequestedFor(WireMock.anyUrl()));
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).getUrl()).isEqualTo("/hook?code=%7Eabc%2B");
        assertThat(requests.get(0).containsHeader("X-From-Outside")).isFalse();
        return requests.get(0);
    }

    private Exchange deliverAs(String format, String text) throws Exception {
        Properties override = new Properties();
        override.put("live-response.deliver.ticket.format", format);
        context.getPropertiesComponent().setOverrideProperties(override);
        return deliver(result(KEY, Outcome.FAILED, text, text, text));
    }

    @Test
    void theResultsJsonIsSignedWithItsTime() throws Exception {
        assertThat(deliver(result(KEY, Outcome.FAILED, "größer")).getException()).isNull();

        LoggedRequest request = received();
        String timestamp = request.getHeader("X-LiveResponse-Timestamp");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(request.getHeader("X-LiveResponse-Signature"))
                .isEqualTo("v1=" + HexFormat.of().formatHex(mac.doFinal(request.getBody())));
        assertThat(Long.parseLong(timestamp)).isBetween(1_600_000_000L, 99_999_999_999L);
        assertThat(new ObjectMapper().readTree(request.getBody()).path("output").path("head").asText()).isEqualTo("größer");
    }

    @Test
    void headersOfTheSettingsGoAlongButDoNotReplaceOurs() throws Exception {
        deliver(result(KEY, Outcome.FAILED, "x"));

        LoggedRequest request = received();
        assertThat(request.getHeader("X-Team")).isEqualTo("soc");
        assertThat(request.getHeader("X-Api-Key")).isEqualTo("k=1");
        assertThat(request.header("Idempotency-Key").values()).containsExactly(KEY.toString());
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void aTeamsMessageShowsEveryTextAsItIs(String text) throws Exception {
        assertThat(deliverAs("teams", text).getException()).isNull();

        JsonNode message = new ObjectMapper().readTree(received().getBody());
        JsonNode card = message.path("attachments").get(0).path("content");
        assertThat(message.path("type").asText()).isEqualTo("message");
        assertThat(card.path("body")).hasSize(6);
        assertThat(card.path("body").get(0).path("text").asText()).isEqualTo("Live response failed, exit code 7");
        assertThat(message.toString()).doesNotContain(System.getenv("PATH"));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void aSlackMessageShowsEveryTextAsItIs(String text) throws Exception {
        assertThat(deliverAs("slack", text).getException()).isNull();

        JsonNode message = new ObjectMapper().readTree(received().getBody());
        assertThat(message.path("text").asText())
                .isEqualTo("Live response failed (contoso, action " + ACTION + ", command 1)");
        assertThat(message.path("blocks")).hasSize(2);
        assertThat(message.path("blocks").get(1).path("elements")).hasSize(3);
        assertThat(message.toString()).doesNotContain(System.getenv("PATH"));
    }

    @Test
    void aReceiverThatIsDownIsAskedAgainWithTheSameKey() throws Exception {
        receiver.stubFor(WireMock.any(WireMock.anyUrl()).inScenario("down").willReturn(WireMock.serviceUnavailable()).willSetStateTo("up"));
        receiver.stubFor(WireMock.any(WireMock.anyUrl()).inScenario("down").whenScenarioStateIs("up").willReturn(WireMock.ok()));

        assertThat(deliver(result(KEY, Outcome.FAILED, "x")).getException()).isNull();

        assertThat(receiver.findAll(WireMock.anyRequestedFor(WireMock.anyUrl())))
                .extracting(request -> request.getHeader("Idempotency-Key")).containsExactly(KEY.toString(), KEY.toString());
    }

    @Test
    void aRefusalIsShownWithoutTheSecretsOfTheRequest() throws Exception {
        receiver.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse().withStatus(400)
                .withBody("no: " + simulator.settings().get("live-response.deliver.ticket.token"))));

        assertThat(failure(deliver(result(KEY, Outcome.FAILED, "x")))).hasMessage("sink ticket answers 400: no: ***");
        assertThat(receiver.getAllServeEvents()).hasSize(1);
    }
}
