package io.liveresponse.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What ticket systems do to those who trust their search, their fields and the end of their answers. */
class TicketSystemFaultsTest extends SimulatorTestSupport {

    private static final String CORRELATION = "contoso/" + SimulatorSetup.ACTION + "/1";
    private static final int FAR_MORE_THAN_AN_ANSWER = 4 << 20;

    @Test
    void servicenow_finds_a_record_by_query_only_after_the_lag_but_by_its_id_at_once() throws Exception {
        simulator.serviceNow().searchLagsBehind(Duration.ofSeconds(30));
        String id = open().path("sys_id").asText();

        clock.advance(Duration.ofSeconds(29));
        assertThat(found()).isZero();
        assertThat(SimulatorClient.JSON.readTree(serviceNow("/api/now/table/incident/" + id).GET()).path("result")).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(found()).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.TICKET_LOOKUP)).isEqualTo(3);
    }

    @Test
    void jira_finds_an_issue_only_after_the_lag() throws Exception {
        simulator.jira().searchLagsBehind(Duration.ofSeconds(30));
        String label = "lr-contoso-" + SimulatorSetup.ACTION + "-1";
        String issue = "{\"fields\":{\"project\":{\"key\":\"SOC\"},\"issuetype\":{\"name\":\"Task\"},\"summary\":\"s\",\"description\":\"d\",\"labels\":[\""
                + label + "\"]}}";
        assertThat(serviceNow("/rest/api/2/issue").send("POST", issue).statusCode()).isEqualTo(201);

        String search = "/rest/api/2/search?jql=labels%20%3D%20%22" + label + "%22&fields=summary";
        clock.advance(Duration.ofSeconds(29));
        assertThat(SimulatorClient.JSON.readTree(serviceNow(search).GET()).path("issues")).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(SimulatorClient.JSON.readTree(serviceNow(search).GET()).path("issues")).hasSize(1);
    }

    @Test
    void servicenow_drops_a_field_without_a_word_and_the_double_still_counts_what_was_posted_twice() throws Exception {
        simulator.serviceNow().dropSilently("correlation_id");

        JsonNode record = open();
        open();
        assertThat(record.path("number").asText()).startsWith("INC");
        assertThat(record.has("correlation_id")).isFalse();
        assertThat(found()).isZero();
        assertThat(simulator.serviceNow().tickets()).hasSize(2)
                .allSatisfy(ticket -> assertThat(ticket.idempotencyKey()).isEqualTo(CORRELATION));
        assertThat(simulator.serviceNow().duplicates()).isEqualTo(1);
    }

    @Test
    void an_answer_without_end_goes_on_as_long_as_one_reads_and_the_ticket_is_opened() throws Exception {
        simulator.faults().on(EndpointKind.TICKET).once(Fault.endless());

        HttpResponse<InputStream> answer = serviceNow("/api/now/table/incident").stream("POST",
                "{\"correlation_id\":\"" + CORRELATION + "\"}");
        try (InputStream in = answer.body()) {
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
            byte[] read = in.readNBytes(FAR_MORE_THAN_AN_ANSWER);
            assertThat(read).hasSize(FAR_MORE_THAN_AN_ANSWER);
            assertThat(new String(read, 0, 30, StandardCharsets.UTF_8)).startsWith("{\"result\":");
            assertThatThrownBy(() -> SimulatorClient.JSON.readTree(read)).isInstanceOf(IOException.class);
        }
        assertThat(simulator.serviceNow().tickets()).hasSize(1);
    }

    @Test
    void answers_of_sign_in_and_api_can_be_without_end_too() throws Exception {
        String token = client.token(SimulatorSetup.CONTOSO);
        simulator.faults().on(EndpointKind.TOKEN).once(Fault.endless());
        simulator.faults().on(EndpointKind.ACTIONS).once(Fault.endless());
        simulator.faults().on(EndpointKind.TICKET_TOKEN).once(Fault.endless());

        assertEndless(SimulatorClient.request(simulator.authorityHost() + "/" + SimulatorSetup.CONTOSO.tenantId() + "/oauth2/v2.0/token")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")).build());
        assertEndless(SimulatorClient.request(simulator.apiUrl() + "/api/machineactions", "Authorization", "Bearer " + token).build());
        assertEndless(SimulatorClient.request(simulator.ticketUrl() + "/oauth_token.do").POST(BodyPublishers.ofString("x=y")).build());
    }

    @Test
    void an_answer_without_end_can_drip() throws Exception {
        simulator.faults().on(EndpointKind.TICKET_TOKEN).once(Fault.endless(Duration.ofMillis(1)));

        HttpResponse<InputStream> answer = client.send(SimulatorClient.request(simulator.ticketUrl() + "/oauth_token.do")
                .POST(BodyPublishers.ofString("x=y")).build(), BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            assertThat(new String(in.readNBytes(100), StandardCharsets.UTF_8)).startsWith("{\"error\"").endsWith("  ");
        }
    }

    private void assertEndless(HttpRequest request) throws IOException, InterruptedException {
        try (InputStream in = client.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(in.readNBytes(FAR_MORE_THAN_AN_ANSWER)).hasSize(FAR_MORE_THAN_AN_ANSWER);
        }
    }

    private JsonNode open() throws IOException, InterruptedException {
        HttpResponse<String> answer = serviceNow("/api/now/table/incident")
                .send("POST", "{\"short_description\":\"s\",\"correlation_id\":\"" + CORRELATION + "\"}");
        assertThat(answer.statusCode()).isEqualTo(201);
        return SimulatorClient.JSON.readTree(answer.body()).path("result");
    }

    private int found() throws IOException, InterruptedException {
        return SimulatorClient.JSON.readTree(serviceNow("/api/now/table/incident?sysparm_query=correlation_id%3D" + CORRELATION).GET())
                .path("result").size();
    }

    private Ask serviceNow(String path) {
        Map<String, String> settings = simulator.settings(TicketSystem.Kind.SERVICENOW);
        String login = settings.get("live-response.deliver.ticket.user") + ":" + settings.get("live-response.deliver.ticket.password");
        return new Ask(SimulatorClient.request(simulator.ticketUrl() + path, "Content-Type", "application/json",
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))));
    }

    private final class Ask {

        private final HttpRequest.Builder request;

        Ask(HttpRequest.Builder request) {
            this.request = request;
        }

        String GET() throws IOException, InterruptedException {
            return client.send(request.GET().build(), BodyHandlers.ofString()).body();
        }

        HttpResponse<String> send(String method, String body) throws IOException, InterruptedException {
            return client.send(request.method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        }

        HttpResponse<InputStream> stream(String method, String body) throws IOException, InterruptedException {
            return client.send(request.method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofInputStream());
        }
    }
}
