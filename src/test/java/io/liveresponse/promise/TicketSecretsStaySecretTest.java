package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.CapturedText;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.SpooledBlob;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.ticket.Ticket;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 4 at the ticket systems, whose logins exclude each other: each call fails in each way, and the ticket system repeats what it was told. */
@Tag("integration")
@ParameterizedClass(name = "{0}")
@EnumSource(TicketSecretsStaySecretTest.Login.class)
class TicketSecretsStaySecretTest {

    enum Login {
        SERVICENOW_PASSWORD(TicketSystem.Kind.SERVICENOW, Map.of()),
        SERVICENOW_CLIENT_SECRET(TicketSystem.Kind.SERVICENOW,
                Map.of("user", "client-id", "password", "client-secret")),
        JIRA_TOKEN_OF_A_USER(TicketSystem.Kind.JIRA, Map.of());

        private final TicketSystem.Kind kind;
        private final Map<String, String> renamed;

        Login(TicketSystem.Kind kind, Map<String, String> renamed) {
            this.kind = kind;
            this.renamed = renamed;
        }

        private List<EndpointKind> stages() {
            List<EndpointKind> stages = new ArrayList<>(List.of(EndpointKind.TICKET_LOOKUP, EndpointKind.TICKET, EndpointKind.TICKET_NOTE));
            if (kind == TicketSystem.Kind.JIRA) {
                stages.add(EndpointKind.TICKET_FILE);
            }
            return stages;
        }
    }

    private static final String PREFIX = "live-response.deliver.ticket.";
    private static final Set<String> SECRETS = Set.of("password", "token", "client-secret");

    @Parameter
    Login login;

    @TempDir
    Path directory;

    private final Canaries canaries = new Canaries();
    private final Map<String, String> settings = new HashMap<>();
    /** All that the ticket system is ever told. */
    private final Set<String> credentials = new HashSet<>();
    private Simulator simulator;
    private ShippedLog log;
    private Main service;
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.demo()));
        settings.putAll(simulator.settings(login.kind));
        login.renamed.forEach((from, to) -> settings.put(PREFIX + to, settings.remove(PREFIX + from)));
        settings.put("live-response.data-directory", directory.resolve("data").toString());
        settings.put("live-response.retry.attempts", "1");
        settings.put(PREFIX + "settle-time", "10");
        settings.put("camel.main.routes-include-pattern", "classpath:camel/**/*.camel.yaml");
        settings.put("camel.main.tracing", "true");
        SECRETS.stream().map(name -> settings.get(PREFIX + name)).filter(secret -> secret != null)
                .forEach(secret -> canaries.add("ticket system secret", secret));
        credentials.addAll(SECRETS.stream().map(name -> settings.get(PREFIX + name)).filter(secret -> secret != null).toList());
        assertThat(credentials).isNotEmpty();
        log = new ShippedLog(directory.resolve("log.txt"));
        service = new Main();
        service.setPropertyPlaceholderLocations("false");
        settings.forEach(service::addInitialProperty);
        service.start();
        template = service.getCamelContext().createProducerTemplate();
    }

    @AfterEach
    void stop() {
        service.stop();
        log.close();
        simulator.close();
    }

    @Test
    void noneIsFoundAnywhereWhateverTheTicketSystemAnswers() throws Exception {
        assertThat(deliver(key(), "x").getException()).isNull();
        rememberWhatWasSent();
        String echo = String.join(" ", credentials);

        for (EndpointKind stage : login.stages()) {
            for (Fault fault : faults(echo)) {
                ResultKey key = key();
                if (stage == EndpointKind.TICKET_NOTE) {
                    deliver(key, "first");
                }
                simulator.faults().on(stage).always(fault);
                look(deliver(key, "second"));
                simulator.faults().clear();
            }
        }
        if (login == Login.SERVICENOW_CLIENT_SECRET) {
            for (Fault fault : faults(echo)) {
                simulator.serviceNow().revokeTokens();
                simulator.faults().on(EndpointKind.TICKET_TOKEN).always(fault);
                look(deliver(key(), "x"));
                look(deliver(key(), "x"));
                simulator.faults().clear();
            }
            assertThat(simulator.journal().count(EndpointKind.TICKET_TOKEN)).isGreaterThan(1);
        }
        rememberWhatWasSent();

        assertThat(tickets()).isNotEmpty();
        tickets().forEach(ticket -> canaries.look("ticket", ticket.toString()));
        simulator.journal().calls().forEach(call -> canaries.look("request line", call.target()));
        List<String> seen = new ArrayList<>(List.of(" TRACE o.a.c", "DEBUG o.a.h.c.h", "You said ***"));
        try (Stream<String> lines = log.lines()) {
            lines.forEach(line -> {
                canaries.look("log", line);
                seen.removeIf(line::contains);
            });
        }
        assertThat(seen).as("not in the log").isEmpty();
        assertThat(canaries.found()).isEmpty();
    }

    private static List<Fault> faults(String echo) {
        String body = "{\"error\":{\"message\":\"You said " + echo + ", did you not?\",\"detail\":\"" + echo
                + "\"},\"errorMessages\":[\"You said " + echo + "\"]}";
        List<Fault> faults = new ArrayList<>(List.of(Fault.reset(), Fault.close(), Fault.commitAndClose(), Fault.cut(3),
                Fault.redirect("https://evil.example/?token=" + echo.replace(' ', '+')),
                Fault.answer(200, Map.of(), "<html>" + echo + "</html>"),
                Fault.answer(200, Map.of("Content-Type", "application/json"),
                        "{\"result\":[{\"sys_id\":\"" + echo + "\"}],\"issues\":[{\"id\":\"" + echo + "\"}]}")));
        for (int status : new int[]{400, 401, 403, 429, 503}) {
            faults.add(Fault.answer(status, Map.of("WWW-Authenticate", "Basic realm=\"" + echo + "\"", "X-Echo", echo), body));
        }
        return faults;
    }

    private List<Ticket> tickets() {
        return simulator.ticketSystem(login.kind).tickets();
    }

    /** Basic credentials as they were sent, and tokens that the ticket system made. */
    private void rememberWhatWasSent() {
        for (Call call : simulator.journal().calls()) {
            for (String header : call.header("Authorization")) {
                String credential = header.substring(header.indexOf(' ') + 1);
                credentials.add(credential);
                canaries.add("credential as sent", credential);
            }
        }
    }

    private static ResultKey key() {
        return new ResultKey("contoso", UUID.randomUUID().toString(), 1);
    }

    private Exchange deliver(ResultKey key, String text) throws Exception {
        Path file = Files.writeString(directory.resolve(UUID.randomUUID().toString()), text);
        Result result = new Result(key, Outcome.FAILED, 7, "collect.ps1", new CapturedText(text, "", text.length()), CapturedText.EMPTY,
                null,
                new ActionFacts("RunScript", "collect.ps1", null, "id", "pc-1", "Eve", null, null),
                new SpooledBlob(file, text.repeat(64).substring(0, 64), text.length(), false, null, Instant.EPOCH));
        return template.request("direct:live-response-to-ticket", exchange -> exchange.getMessage().setBody(result));
    }

    /** The exception with all its causes, and whatever else an exchange holds. */
    private void look(Exchange exchange) {
        StringWriter text = new StringWriter();
        if (exchange.getException() != null) {
            exchange.getException().printStackTrace(new PrintWriter(text, true));
        }
        canaries.look("exception", text.toString());
        canaries.look("exchange", exchange.getVariables() + " " + exchange.getAllProperties() + " " + exchange.getMessage().getHeaders()
                + " " + exchange.getMessage().getBody(String.class));
    }
}
