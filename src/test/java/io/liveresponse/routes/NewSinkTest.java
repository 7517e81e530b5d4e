package io.liveresponse.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.liveresponse.Guide;
import io.liveresponse.model.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

// tag::template[]
/** A template for the test of a new sink. In a copy let routes() return Path.of("routes"), and name your sink and its settings. */
class NewSinkTest extends DeliverySupport {

    private static final String SINK = "siem";

    private final WireMockServer receiver = new WireMockServer(WireMockConfiguration.options().dynamicPort());

    /** The routes after the steps of docs/adding-a-sink.md. */
    private Path routes() throws IOException {
        Guide guide = Guide.in(directory.resolve("copy"));
        guide.follow(Path.of("docs/adding-a-sink.md"));
        return guide.routes();
    }

    @BeforeEach
    void startReceiver() {
        receiver.start();
        receiver.stubFor(post(anyUrl()).willReturn(ok()));
        set("siem.url", receiver.baseUrl() + "/results");
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop();
    }

    @Test
    void a_result_is_posted_once_under_its_key() throws Exception {
        startIn(routes());

        Exchange exchange = deliver(SINK, failed(), Map.of("CamelHttpUri", "https://evil.example", "X-From-Outside", "1"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getVariable("liveResponseReference")).isEqualTo(KEY);
        receiver.verify(1, postRequestedFor(urlEqualTo("/results")).withHeader("Idempotency-Key", equalTo(KEY.toString()))
                .withRequestBody(matchingJsonPath("$.outcome", equalTo("failed"))).withoutHeader("X-From-Outside"));
        receiver.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_busy_receiver_gets_a_retry_until_the_attempts_are_used_up() throws Exception {
        set("live-response.retry.attempts", 3);
        receiver.stubFor(post(anyUrl()).willReturn(status(503)));
        startIn(routes());

        Exchange exchange = deliver(SINK, failed(), Map.of());

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(exchange.getVariable("liveResponseReference")).isNull();
        receiver.verify(3, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_refusal_is_not_retried() throws Exception {
        receiver.stubFor(post(anyUrl()).willReturn(status(400)));
        startIn(routes());

        assertThat(failure(deliver(SINK, failed(), Map.of())).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        receiver.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void nothing_is_sent_if_it_is_not_set_up() throws Exception {
        set("siem.url", "");
        startIn(routes());

        Exchange exchange = deliver(SINK, failed(), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getVariable("liveResponseReference")).isNull();
        receiver.verify(0, anyRequestedFor(anyUrl()));
    }
}
// end::template[]
