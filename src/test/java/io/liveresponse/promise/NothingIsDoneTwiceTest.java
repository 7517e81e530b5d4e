package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.JmsBroker;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.ticket.Ticket;
import io.liveresponse.simulator.ticket.TicketSystem;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The second promise. What it says of a crash at any other point, {@link NothingIsLostTest} shows. */
@Tag("integration")
class NothingIsDoneTwiceTest {

    private static final int REQUESTS = 24;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void theSameRequestFromEveryIntakeIsOneRequestOneResultAndOneTicket() throws Exception {
        CrashScenario scenario = new CrashScenario(REQUESTS);
        int port = freePort();
        try (JmsBroker broker = JmsBroker.start();
                CrashWorld world = CrashWorld.in(directory, scenario)
                        .with("live-response.intake.http.enabled", "true").with("live-response.intake.http.port", Integer.toString(port))
                        .with("live-response.intake.http.api-key", "a-key-of-this-test")
                        .with("live-response.intake.discovery.enabled", "true").with("live-response.intake.discovery.period", "300ms")
                        .with("live-response.intake.jms.enabled", "true").with("live-response.intake.jms.url", broker.url());
                ServiceProcess service = world.start()) {
            service.awaitStarted();
            String lines = scenario.lines(0, REQUESTS);
            world.putInInbox("once.jsonl", lines);
            world.putInInbox("again.jsonl", lines + lines);
            world.putInInbox("in-capitals.csv", "tenant,machineActionId,commandIndex\n" + scenario.keys().stream()
                    .map(key -> key.tenant() + "," + key.machineActionId().toUpperCase(Locale.ROOT) + ",0\n")
                    .collect(Collectors.joining()));
            try (JMSContext jms = new JmsConnectionFactory(broker.url()).createContext()) {
                lines.lines().forEach(line -> jms.createProducer().send(jms.createQueue("live-response.requests"), line));
            }
            assertThat(post(port, lines).statusCode()).isEqualTo(202);

            try (Aftermath aftermath = Aftermath.in(world.data())) {
                aftermath.awaitAllEnded(REQUESTS);
                long listed = world.simulator().journal().count(EndpointKind.ACTIONS);
                assertThat(post(port, lines).statusCode()).isEqualTo(202);
                await().atMost(ServiceProcess.PATIENCE).until(() -> Aftermath.filesIn(world.data().resolve("accepted")).size() == 3
                        && broker.server().locateQueue("live-response.requests").getMessageCount() == 0
                        && world.simulator().journal().count(EndpointKind.ACTIONS) > listed + 1);

                aftermath.allAreDelivered(scenario.keys());
                assertThat(aftermath.counts()).isEqualTo(Map.of(RequestState.DELIVERED, (long) REQUESTS));
            }
            for (EndpointKind hop : List.of(EndpointKind.LINK, EndpointKind.BLOB)) {
                assertThat(world.simulator().journal().count(hop)).as("calls of the hop %s", hop).isEqualTo(REQUESTS);
            }
            Aftermath.filesAreWhole(world.results(), scenario.keys());
            Aftermath.ticketsAreOneEach(world.simulator(), scenario.ticketed());
            assertThat(world.simulator().journal().count(EndpointKind.TICKET)).isEqualTo(scenario.ticketed().size());
            assertThat(Aftermath.mails(world.simulator(), scenario.mailed())).allSatisfy((id, sent) -> assertThat(sent).isOne());
            assertThat(world.simulator().journal().unexpected()).isEmpty();
        }
    }

    /** The worst moment: the ticket system has the ticket, its answer never came, and whoever asked for it is no more. */
    @ParameterizedTest
    @CsvSource({"WEBHOOK, 2", "SERVICENOW, 1", "JIRA, 1"})
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aTicketSystemThatCommitsWithoutAnAnswerToAProcessThatDiesHoldsOneTicket(TicketSystem.Kind kind, int creationsAskedFor)
            throws Exception {
        CrashScenario scenario = new CrashScenario(4);
        Set<ResultKey> ticketed = scenario.ticketed();
        try (CrashWorld world = CrashWorld.in(directory, scenario).withTicketSystem(kind)) {
            ticketed.forEach(key -> world.simulator().faults().on(EndpointKind.TICKET).key(key).once(Fault.commitAndHold()));
            world.putInInbox("requests.jsonl", scenario.lines(0, scenario.requests()));
            try (ServiceProcess service = world.start()) {
                await().atMost(ServiceProcess.PATIENCE)
                        .until(() -> world.simulator().ticketSystem(kind).tickets().size() == ticketed.size());
                service.kill();
            }
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                try (Aftermath aftermath = Aftermath.in(world.data())) {
                    aftermath.awaitAllEnded(scenario.requests());
                    aftermath.allAreDelivered(scenario.keys());
                }
            }
            assertThat(world.simulator().ticketSystem(kind).tickets()).extracting(Ticket::idempotencyKey)
                    .hasSameSizeAs(ticketed).doesNotHaveDuplicates();
            assertThat(ticketed).allSatisfy(key -> assertThat(world.simulator().journal().count(EndpointKind.TICKET, key))
                    .as("a webhook is told the same idempotency key again, the others are asked first").isEqualTo(creationsAskedFor));
            assertThat(world.simulator().journal().unexpected()).isEmpty();
        }
    }

    private static HttpResponse<String> post(int port, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/requests")).timeout(Duration.ofSeconds(30))
                .header("X-API-Key", "a-key-of-this-test").header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
