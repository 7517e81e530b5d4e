package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liveresponse.JmsBroker;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.LedgerUnavailableException;
import io.liveresponse.ledger.PostgresDatabase;
import io.liveresponse.ledger.Quota;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.CapturedText;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.ProcessRedactor;
import io.liveresponse.settings.Settings;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Promise 4 where the logins are not those of HTTP: the brokers' and the ledger's. */
@Tag("integration")
class ConnectionSecretsStaySecretTest {

    private static final ResultKey KEY = new ResultKey("contoso", UUID.randomUUID().toString(), 0);

    @RegisterExtension
    static final PostgresDatabase POSTGRES = new PostgresDatabase();

    @TempDir
    Path directory;

    private final Canaries canaries = new Canaries();
    private ShippedLog log;

    @BeforeEach
    void openLog() throws IOException {
        log = new ShippedLog(directory.resolve("log.txt"));
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void thePasswordsOfBrokersAreFoundNowhereWhetherTheBrokerIsThereOrNot() throws Exception {
        JmsBroker broker = JmsBroker.start();
        Map<String, String> settings = new HashMap<>();
        settings.put("live-response.data-directory", directory.resolve("data").toString());
        settings.put("live-response.tenants", "contoso");
        settings.put("live-response.worker.enabled", "true");
        settings.put("live-response.http.connect-timeout", "2000");
        settings.put("live-response.http.response-timeout", "2000");
        settings.put("live-response.retry.attempts", "2");
        settings.put("live-response.retry.delay", "10");
        settings.put("live-response.intake.jms.enabled", "true");
        settings.put("live-response.deliver.jms.destination", "queue:results");
        for (String side : new String[]{"intake", "deliver"}) {
            settings.put("live-response." + side + ".jms.url", broker.url());
            settings.put("live-response." + side + ".jms.user", "somebody");
            settings.put("live-response." + side + ".jms.password", canaries.fresh(side + " password"));
        }
        settings.put("camel.main.routes-include-pattern", "classpath:camel/**/*.camel.yaml");
        settings.put("camel.main.tracing", "true");
        Main service = new Main();
        service.setPropertyPlaceholderLocations("false");
        settings.forEach(service::addInitialProperty);
        service.start();
        try {
            assertThat(send(service).getException()).isNull();
            broker.close();
            Exchange failed = send(service);
            assertThat(failed.getException()).isNotNull();
            look("exception", failed.getException());
            canaries.look("exchange", failed.getVariables() + " " + failed.getAllProperties() + " " + failed.getMessage().getHeaders());
        } finally {
            service.stop();
            broker.close();
        }
        assertNothingFound("TRACE o.a.q.j", "SaslInit");
    }

    private static Exchange send(Main service) {
        return service.getCamelContext().createProducerTemplate().request("direct:live-response-to-jms", exchange -> {
            Result result = new Result(KEY, Outcome.FAILED, 7, "collect.ps1", CapturedText.EMPTY, CapturedText.EMPTY, null,
                    new ActionFacts("RunScript", "collect.ps1", null, "id", "pc-1", "Eve", null, null), null);
            exchange.getMessage().setBody(result);
        });
    }

    @Test
    void theLedgersPasswordIsFoundNowhereWhetherItIsRightOrWrong() throws Exception {
        String url = POSTGRES.newDatabaseUrl().replace("?user=postgres", "");
        String right = hidden("ledger password");
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.of(url, "postgres", right))) {
            canaries.look("address", LedgerAddress.of(url, "postgres", right).toString());
            assertThat(new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of()))).archive().counts()).isEmpty();
        }
        Throwable refused = catchThrowable(
                () -> LedgerDatabase.open(LedgerAddress.of(url + "?password=" + hidden("wrong password"), "nobody", null)));
        assertThat(refused).isInstanceOf(LedgerUnavailableException.class);
        look("exception", refused);

        assertNothingFound("DEBUG o.s.j.c");
    }

    @Test
    void aDatabaseThatRepeatsThePasswordIsNotRepeated() throws Exception {
        String password = canaries.freshWord("ledger password");
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> refuse(server));
            thread.setDaemon(true);
            thread.start();
            String url = "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/ledger?sslmode=disable&password=" + password;

            Throwable refused = catchThrowable(() -> LedgerDatabase.open(LedgerAddress.of(url, "somebody", null)));

            assertThat(refused).isInstanceOf(LedgerUnavailableException.class).hasMessageContaining("you said ***");
            look("exception", refused);
        }
        assertThat(canaries.found()).isEmpty();
    }

    /** Asks for the password in the clear and says what it was told, in the words of PostgreSQL's protocol, version 3. */
    private static void refuse(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept();
                    DataInputStream in = new DataInputStream(client.getInputStream());
                    DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
                in.readNBytes(in.readInt() - Integer.BYTES);
                out.writeByte('R');
                out.writeInt(8);
                out.writeInt(3);
                in.readByte();
                String told = new String(in.readNBytes(in.readInt() - Integer.BYTES), StandardCharsets.UTF_8).replace("\0", "");
                byte[] fields = ("SFATAL\0C28P01\0Myou said " + told + "\0\0").getBytes(StandardCharsets.UTF_8);
                out.writeByte('E');
                out.writeInt(fields.length + Integer.BYTES);
                out.write(fields);
            } catch (IOException e) {
                // the client went, or the test is over
            }
        }
    }

    /** As the settings of a running service are. */
    private String hidden(String what) {
        String secret = canaries.freshWord(what);
        ProcessRedactor.get().hide(secret);
        return secret;
    }

    private void look(String place, Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        canaries.look(place, text.toString());
    }

    private void assertNothingFound(String... marks) throws IOException {
        List<String> missing = new ArrayList<>(List.of(marks));
        try (Stream<String> lines = log.lines()) {
            lines.forEach(line -> {
                canaries.look("log", line);
                missing.removeIf(line::contains);
            });
        }
        assertThat(missing).as("not in the log").isEmpty();
        assertThat(canaries.found()).isEmpty();
    }
}
