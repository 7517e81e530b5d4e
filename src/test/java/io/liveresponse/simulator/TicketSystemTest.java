package io.liveresponse.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where results go: the ticket system and the mail server. */
class TicketSystemTest {

    private static final ResultKey KEY = new ResultKey("contoso", SimulatorSetup.ACTION, 1);

    @TempDir
    Path directory;

    private Simulator simulator;
    private SimulatorClient client;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory, SimulatorSetup.scenario()).withMail());
        client = new SimulatorClient(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void opensATicketAndNamesIt() throws Exception {
        HttpResponse<String> answer = post("{\"title\":\"a\"}", KEY.toString());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"id\":\"T-1\"}");
        assertThat(simulator.ticketSystem().tickets()).singleElement().satisfies(ticket -> {
            assertThat(ticket.idempotencyKey()).isEqualTo(KEY.toString());
            assertThat(ticket.body().path("title").asText()).isEqualTo("a");
        });
        assertThat(simulator.journal().count(EndpointKind.TICKET, KEY)).isEqualTo(1);
    }

    @Test
    void aRepeatedKeyGetsTheFirstTicketAndIsCounted() throws Exception {
        post("{\"title\":\"a\"}", "k1");
        assertThat(post("{\"title\":\"b\"}", "k1").body()).isEqualTo("{\"id\":\"T-1\"}");
        assertThat(post("{\"title\":\"c\"}", "k2").body()).isEqualTo("{\"id\":\"T-2\"}");

        assertThat(simulator.ticketSystem().tickets()).hasSize(2);
        assertThat(simulator.ticketSystem().duplicates()).isEqualTo(1);
    }

    @Test
    void canStoreATicketAndDropTheConnectionBeforeItsAnswer() throws Exception {
        simulator.faults().on(EndpointKind.TICKET).key(KEY).once(Fault.commitAndClose());
        String body = "{\"tenant\":\"contoso\",\"machineActionId\":\"" + KEY.machineActionId() + "\",\"commandIndex\":1}";

        assertThatThrownBy(() -> post(body, "k1")).isInstanceOf(IOException.class);
        assertThat(simulator.ticketSystem().tickets()).hasSize(1);
        assertThat(post(body, "k1").body()).isEqualTo("{\"id\":\"T-1\"}");
        assertThat(simulator.ticketSystem().duplicates()).isEqualTo(1);
        assertThat(simulator.journal().calls(EndpointKind.TICKET, KEY)).extracting(Call::status).containsExactly(0, 201);
    }

    @Test
    void refusesAWrongTokenAndWhatIsNoJsonObject() throws Exception {
        HttpResponse<String> wrong = client.send(SimulatorClient.request(simulator.ticketUrl() + "/tickets", "Authorization", "Bearer x")
                .POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(post("{", "k1").statusCode()).isEqualTo(400);
        assertThat(post("[]", "k1").statusCode()).isEqualTo(400);
        assertThat(simulator.ticketSystem().tickets()).isEmpty();
    }

    @Test
    void keepsTheMailItGets() throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", simulator.mailHost());
        properties.put("mail.smtp.port", Integer.toString(simulator.mailPort()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("a@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("b@example.com"));
        message.setSubject("a result");
        message.setText("text");
        Transport.send(message);

        assertThat(simulator.mails()).hasSize(1);
        assertThat(simulator.mails().get(0).getSubject()).isEqualTo("a result");
        assertThat(simulator.settings()).containsEntry("live-response.deliver.email.port", Integer.toString(simulator.mailPort()))
                .containsEntry("live-response.deliver.email.security", "none");
    }

    private HttpResponse<String> post(String json, String idempotencyKey) throws IOException, InterruptedException {
        String token = simulator.settings().get("live-response.deliver.ticket.token");
        return client.send(SimulatorClient.request(simulator.settings().get("live-response.deliver.ticket.url"),
                "Authorization", "Bearer " + token, "Content-Type", "application/json", "Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }
}
