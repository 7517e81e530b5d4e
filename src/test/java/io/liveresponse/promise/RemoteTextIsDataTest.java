package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.JmsBroker;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import io.liveresponse.simulator.ticket.TicketSystem;
import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.mail.Header;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promise 6: a result full of hostile text leaves by the very same way as a harmless one: the same recipients, hosts, paths,
 * queries, header fields, parts, fields and places, down to the byte where text from outside has no business.
 */
@Tag("integration")
@ParameterizedClass(name = "to {0}")
@EnumSource(RemoteTextIsDataTest.Sink.class)
class RemoteTextIsDataTest {

    /** Every sink there is; adding one is a line. */
    enum Sink {
        FILE("none", 1, Map.of()),
        EMAIL("none", 0, Map.of()),
        WEBHOOK("webhook", 1, Map.of()),
        TEAMS("webhook", 1,
                Map.of("live-response.deliver.ticket.format", "teams")),
        SLACK("webhook", 1,
                Map.of("live-response.deliver.ticket.format", "slack")),
        SERVICENOW("servicenow", 1, Map.of()),
        JIRA("jira", 1,
                Map.of()),
        JIRA_DATA_CENTER("jira", 1, Map.of("live-response.deliver.ticket.api-version", "2")),
        JMS("none",
                1, Map.of("live-response.deliver.jms.destination", "queue:results"));

        private final String kind;
        private final int exitCode;
        private final Map<String, String> settings;

        Sink(String kind, int exitCode, Map<String, String> settings) {
            this.kind = kind;
            this.exitCode = exitCode;
            this.settings = settings;
        }
    }

    private static final String QUEUE = "results";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SimulatorTenant TENANT = SimulatorTenant.of("contoso", "11111111-1111-4111-8111-111111111111",
            "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "remote-text~secret");
    private static final String EVIL = "attacker@evil.example";
    private static final String HARMLESS = "harmless";
    private static final int HUGE = 3_000_000;
    private static final int DIRECTORIES_AND_NAME = 4;
    /** What is not the same twice, whoever sends. */
    private static final Set<String> PER_MESSAGE = Set.of("content-length", "date", "x-live-response-timestamp", "content-type");
    private static final Set<EndpointKind> TICKET = Set.of(EndpointKind.TICKET, EndpointKind.TICKET_LOOKUP, EndpointKind.TICKET_NOTE,
            EndpointKind.TICKET_FILE);

    @Parameter
    Sink sink;

    @TempDir
    Path directory;

    private Simulator simulator;
    private JmsBroker broker;
    private Connection connection;
    private MessageConsumer messages;
    private Main service;
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), new Scenario(List.of(TENANT), List.of()))
                .withMail().withQuota(1_000_000, Duration.ofMinutes(1), 1_000_000, Duration.ofHours(1)));
        Map<String, String> settings = new HashMap<>(sink.kind.equals("none")
                ? simulator.settings()
                : simulator.settings(TicketSystem.Kind.valueOf(sink.kind.toUpperCase(Locale.ROOT))));
        settings.put("live-response.deliver.ticket.kind", sink.kind);
        settings.putAll(sink.settings);
        settings.put("live-response.data-directory", directory.resolve("data").toString());
        settings.put("live-response.deliver.email.max-attachment", "64MB");
        settings.put("live-response.deliver.ticket.max-attachment", "64MB");
        settings.put("live-response.retry.delay", "10");
        settings.put("live-response.retry.attempts", "2");
        settings.put("live-response.quota.per-minute", "10000");
        settings.put("live-response.quota.per-hour", "10000");
        if (sink == Sink.JMS) {
            settings.put("live-response.deliver.jms.url", startBroker());
        }
        settings.put("camel.main.routes-include-pattern", "classpath:camel/**/*.camel.yaml");
        service = new Main();
        service.setPropertyPlaceholderLocations("false");
        settings.forEach(service::addInitialProperty);
        service.start();
        template = service.getCamelContext().createProducerTemplate();
    }

    private String startBroker() throws Exception {
        broker = JmsBroker.start();
        connection = new JmsConnectionFactory(broker.url()).createConnection();
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        messages = session.createConsumer(session.createQueue(QUEUE));
        connection.start();
        return broker.url();
    }

    @AfterEach
    void stop() throws Exception {
        service.stop();
        simulator.close();
        if (broker != null) {
            connection.close();
            broker.close();
        }
    }

    @Test
    void neitherTextsNorHeadersFromOutsideChangeTheWayAResultTakes() throws Exception {
        List<String> way = wayOf(HARMLESS);
        assertThat(way).isNotEmpty();

        for (String text : texts()) {
            assertThat(wayOf(text)).as(JSON.writeValueAsString(text.substring(0, Math.min(80, text.length())))).isEqualTo(way);
        }
        List<Map<String, String>> batches = headers();
        assertThat(batches.stream().mapToInt(Map::size).sum()).isGreaterThanOrEqualTo(40);
        for (Map<String, String> batch : batches) {
            simulator.faults().clear();
            simulator.faults().on(EndpointKind.LINK).always(Fault.headers(batch));
            simulator.faults().on(EndpointKind.BLOB).always(Fault.headers(batch));
            assertThat(wayOf(HARMLESS)).as(batch.toString()).isEqualTo(way);
        }
        assertNothingStrayed();
    }

    /** Fetches, routes and delivers a result in which all text is the given one, and tells by which way it left. */
    private List<String> wayOf(String text) throws Exception {
        ResultKey key = new ResultKey("contoso", UUID.randomUUID().toString(), 0);
        simulator.actions().put(ScenarioAction.of("contoso", key.machineActionId(), ScenarioCommand.script("x.ps1",
                ScenarioBlob.transcript(text, sink.exitCode, text, "!" + text))));
        simulator.journal().clear();
        int mails = simulator.mails().size();
        ActionFacts facts = new ActionFacts("RunScript", text, text, text, text, text, text, null);
        Exchange fetched = template.request("direct:live-response-fetch-result",
                exchange -> exchange.getMessage().setBody(Request.of(key.tenant(), key.machineActionId(), 0, facts)));
        assertThat(fetched.getException()).isNull();
        // no branch of the router as it is shipped names JMS
        Exchange routed = sink == Sink.JMS
                ? template.send("direct:live-response-to-jms", template.send("direct:live-response-to-file", fetched))
                : template.send("direct:live-response-route-result", fetched);
        assertThat(routed.getException()).isNull();

        List<String> way = new ArrayList<>();
        for (Call call : simulator.journal().calls()) {
            if (call.kind() != EndpointKind.TOKEN && call.kind() != EndpointKind.METADATA) {
                way.add(way(call));
            }
        }
        way.addAll(filesOf(key));
        for (MimeMessage mail : simulator.mails().subList(mails, simulator.mails().size())) {
            way.add(way(mail));
        }
        if (sink == Sink.JMS) {
            way.add(way((TextMessage) messages.receive(10_000)));
            assertThat(messages.receiveNoWait()).isNull();
        }
        return way.stream().map(step -> step.replace(key.machineActionId(), "ACTION").replaceAll("SOC-\\d+", "SOC-N")).toList();
    }

    private static String way(Call call) {
        String target = call.kind() == EndpointKind.BLOB ? "(the link)" : call.target();
        List<String> headers = call.headers().stream().filter(header -> !PER_MESSAGE.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .filter(header -> !header.getKey().toLowerCase(Locale.ROOT).contains("signature")
                        && !header.getKey().equalsIgnoreCase("Authorization"))
                .map(header -> header.getKey() + ": " + header.getValue()).sorted().toList();
        return call.kind() + " " + call.method() + " " + target + " " + call.status() + (TICKET.contains(call.kind()) ? headers : "");
    }

    /** All that a broker or a consumer could act upon, and the names of what the body holds. */
    private static String way(TextMessage message) throws Exception {
        List<String> properties = new ArrayList<>();
        for (Object property : Collections.list(message.getPropertyNames())) {
            String name = property.toString();
            properties.add(name + "=" + message.getObjectProperty(name));
        }
        return "message to " + message.getJMSDestination() + " " + message.getJMSCorrelationID() + " " + message.getJMSType() + " "
                + message.getJMSReplyTo() + " " + message.getJMSPriority() + " " + message.getJMSDeliveryMode() + " "
                + message.getJMSExpiration()
                + " " + properties.stream().sorted().toList() + " "
                + JSON.readTree(message.getText()).properties().stream().map(Map.Entry::getKey).sorted().toList();
    }

    /** Recipients, sender, the names of all header fields, and the types of all parts. */
    private static String way(MimeMessage mail) throws Exception {
        List<String> names = Collections.list(mail.getAllHeaders()).stream().map(Header::getName).sorted().toList();
        String subject = mail.getSubject();
        assertThat(subject).startsWith("Live response ").doesNotContain("\r", "\n").hasSizeLessThan(1_000);
        return "mail to " + List.of(mail.getAllRecipients()) + " from " + List.of(mail.getFrom()) + " " + names + " " + parts(mail);
    }

    private static String parts(Part part) throws Exception {
        String type = part.getContentType().replaceFirst("(?s);.*", "");
        if (part.getContent() instanceof Multipart parts) {
            List<String> inner = new ArrayList<>();
            for (int i = 0; i < parts.getCount(); i++) {
                inner.add(parts(parts.getBodyPart(i)));
            }
            return type + inner;
        }
        return type + " " + part.getDisposition() + " " + part.getFileName();
    }

    /** The names of what was written for a result; the device's part of the path is the one that may differ. */
    private List<String> filesOf(ResultKey key) throws IOException {
        Path root = directory.resolve("data/results");
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> written = files.filter(Files::isRegularFile).filter(file -> file.toString().contains(key.machineActionId()))
                    .toList();
            for (Path file : written) {
                Path inRoot = root.toRealPath().relativize(file.toRealPath());
                assertThat(inRoot.getNameCount()).as(inRoot.toString()).isBetween(DIRECTORIES_AND_NAME - 1, DIRECTORIES_AND_NAME);
                assertThat(inRoot.toString()).doesNotContain("..").doesNotMatch("(?s).*[\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069].*");
            }
            return written.stream().map(file -> file.getParent().getFileName() + "/" + file.getFileName()).sorted().toList();
        }
    }

    private void assertNothingStrayed() throws Exception {
        assertThat(simulator.journal().unexpected()).isEmpty();
        assertThat(simulator.journal().bearerSeenAtBlobStore()).isZero();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("data", "simulator");
        }
        for (MimeMessage mail : simulator.mails()) {
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("soc@example.com");
            assertThat(textOf(mail)).doesNotContain("<script", "<img", TENANT.clientSecret(), System.getenv("PATH"));
        }
        simulator.ticketSystem().tickets()
                .forEach(ticket -> assertThat(ticket.body().toString()).doesNotContain(TENANT.clientSecret(), System.getenv("PATH")));
    }

    /** The parts that a reader sees; what is attached are the bytes as received. */
    private static String textOf(Part part) throws Exception {
        if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            return "";
        }
        if (part.getContent() instanceof Multipart parts) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.getCount(); i++) {
                text.append(textOf(parts.getBodyPart(i)));
            }
            return text.toString();
        }
        return part.isMimeType("text/html") ? String.valueOf(part.getContent()) : "";
    }

    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String line : lines("hostile/texts.txt")) {
            texts.add(JSON.readValue(line, String.class));
        }
        texts.add("huge " + "A".repeat(HUGE));
        return texts;
    }

    /** The names in batches in which each stands in one case only, since a server sends no field twice here. */
    private static List<Map<String, String>> headers() throws IOException {
        List<Map<String, String>> batches = new ArrayList<>();
        for (String name : lines("headers/hostile.txt")) {
            Map<String, String> batch = batches.stream().filter(known -> known.keySet().stream().noneMatch(name::equalsIgnoreCase))
                    .findFirst()
                    .orElseGet(() -> {
                        batches.add(new LinkedHashMap<>());
                        return batches.get(batches.size() - 1);
                    });
            batch.put(name, EVIL);
        }
        return batches;
    }

    private static List<String> lines(String resource) throws IOException {
        URI file = URI.create(String.valueOf(RemoteTextIsDataTest.class.getResource("/" + resource)));
        return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
