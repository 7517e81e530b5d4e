package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioRequest;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole chain over the scenario that ships, with every mishap in it. */
@Tag("integration")
class DemoScenarioRoutesTest extends RoutesTestSupport {

    private static final int WITH_TRANSCRIPT = 13;
    /** 429, twice still running, an expired link, a 401 and a busy store: each costs one more. */
    private static final int LINK_CALLS = WITH_TRANSCRIPT + 1 + 2 + 1 + 1 + 1;
    /** Only the busy store is called again; the expired link is known to be so before it is followed. */
    private static final int BLOB_CALLS = WITH_TRANSCRIPT + 1;
    /** One a tenant, and another for the one that was refused. */
    private static final int TOKEN_CALLS = 3;

    @Test
    void everyRequestEndsAndGoesWhereTheScenarioSays() throws Exception {
        scenario(Scenario.demo());
        simulatorWith(SimulatorOptions::withMail);
        start();
        List<ScenarioRequest> requests = Scenario.demo().requests().stream().filter(request -> request.expect().hasTranscript()).toList();
        List<String> expected = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (ScenarioRequest request : requests) {
            Exchange exchange = template.send("direct:live-response-route-result", fetch(request.key()));
            Result result = exchange.getVariable("liveResponseResult", Result.class);
            assertThat(exchange.getException()).isNull();
            expected.add(request.key() + " " + request.expect().outcome() + " " + request.expect().exitCode());
            seen.add(result.key() + " " + result.outcome() + " " + result.exitCode());
        }

        assertThat(requests).hasSize(WITH_TRANSCRIPT);
        assertThat(seen).isEqualTo(expected);
        for (String sink : List.of("file", "email", "ticket")) {
            assertThat(receivedBy(sink)).as(sink).containsExactlyInAnyOrderElementsOf(requests.stream()
                    .filter(request -> request.expect().sinks().contains(sink)).map(request -> request.key().toString()).toList());
        }
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(LINK_CALLS);
        assertThat(simulator.journal().count(EndpointKind.BLOB)).isEqualTo(BLOB_CALLS);
        assertThat(simulator.journal().count(EndpointKind.TOKEN)).isEqualTo(TOKEN_CALLS);
        assertThat(simulator.journal().count(EndpointKind.TICKET)).isEqualTo(simulator.ticketSystem().tickets().size());
        assertThat(simulator.journal().bearerSeenAtBlobStore()).isZero();
        assertThat(simulator.journal().unexpected()).isEmpty();
        assertThat(simulator.journal().maxInAnyWindow("contoso", Duration.ofMinutes(1))).isLessThanOrEqualTo(100);
    }

    private List<String> receivedBy(String sink) throws IOException, MessagingException {
        List<String> keys = new ArrayList<>();
        switch (sink) {
            case "file" -> {
                for (String name : filesIn(results()).keySet()) {
                    if (name.endsWith(".result.json")) {
                        keys.add(written(results().resolve(name)));
                    }
                }
            }
            case "email" -> {
                for (MimeMessage mail : simulator.mails()) {
                    String[] parts = mail.getMessageID().replaceAll("[<>]|@.*", "").split("\\.");
                    keys.add(new ResultKey(parts[0], parts[1], Integer.parseInt(parts[2])).toString());
                }
            }
            default -> simulator.ticketSystem().tickets().forEach(ticket -> keys.add(ticket.idempotencyKey()));
        }
        return keys;
    }

    /** The key of a result on disk, whose bytes as received must be beside it. */
    private static String written(Path json) throws IOException {
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        assertThat(json.resolveSibling(result.path("file").asText())).hasSize(result.path("sizeBytes").asLong());
        assertThat(Files.exists(json)).isTrue();
        return result.path("tenant").asText() + "/" + result.path("machineActionId").asText() + "/" + result.path("commandIndex").asInt();
    }
}
