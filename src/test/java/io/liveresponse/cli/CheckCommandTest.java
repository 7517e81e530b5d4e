package io.liveresponse.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.liveresponse.mail.MailCertificate;
import io.liveresponse.mail.SmtpServer;
import io.liveresponse.mail.TlsFront;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class CheckCommandTest {

    private static final SimulatorTenant CONTOSO = SimulatorTenant.of("contoso", "11111111-1111-4111-8111-111111111111",
            "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "contoso-secret~value").withRoles(SimulatorTenant.READ_WRITE);
    private static final SimulatorTenant READER = SimulatorTenant.of("reader", "22222222-2222-4222-8222-222222222222",
            "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", "reader-secret~value").withRoles("Alert.Read.All");

    @TempDir
    private Path directory;
    private Simulator simulator;
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(List.of(CONTOSO, READER))).withMail());
        settings.putAll(simulator.settings());
        settings.keySet().removeIf(key -> key.startsWith("live-response.tenant.reader."));
        settings.put("live-response.tenants", "contoso");
        settings.put("live-response.data-directory", directory.resolve("data").toString());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void whereAllIsWellItEndsWithZeroAndNothingWasSentOrMade() throws IOException {
        CommandLineRun run = check();

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("token", "roles", "Machine.ReadWrite.All", "api", "mail", "ticket", "directory", "All checks pass.");
        assertThat(simulator.journal().count(EndpointKind.LINK)).isZero();
        assertThat(simulator.journal().unexpected()).isEmpty();
        assertThat(simulator.mails()).isEmpty();
        assertThat(simulator.ticketSystem().tickets()).isEmpty();
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void the_permissions_of_the_chosen_use_are_checked() throws IOException {
        CommandLineRun run = CommandLineRun.of("check", "--for", "runs,library", "--config",
                CommandLineRun.config(directory, settings).toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(wrong(run)).hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("roles", "application permission Machine.LiveResponse"))
                .anySatisfy(line -> assertThat(line).contains("roles", "application permission Library.Manage"));
    }

    @Test
    void aWrongSecretIsNamedByItsSettingAndNeverShown() throws IOException {
        settings.put("live-response.tenant.contoso.client-secret", "wrong~secret~value");

        CommandLineRun run = check();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(wrong(run)).singleElement().asString().contains("contoso", "token", "live-response.tenant.contoso.client-secret");
        assertThat(run.out() + run.err()).doesNotContain("wrong~secret~value");
    }

    @Test
    void aMissingPermissionIsNamed() throws IOException {
        settings.putAll(simulator.settings());
        settings.put("live-response.tenants", "contoso,reader");

        CommandLineRun run = check();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(wrong(run)).anySatisfy(line -> assertThat(line).contains("reader", "roles", "Machine.ReadWrite.All"))
                .noneSatisfy(line -> assertThat(line).contains("contoso "));
    }

    @Test
    void whatCannotBeReachedIsNamedByItsSetting() throws IOException {
        int closed = closedPort();
        settings.put("live-response.tenant.contoso.api-url", "https://localhost:" + closed);
        settings.put("live-response.deliver.email.port", Integer.toString(closed));
        settings.put("live-response.deliver.ticket.url", "https://localhost:" + closed + "/tickets");

        CommandLineRun run = check();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(wrong(run)).hasSize(3).anySatisfy(line -> assertThat(line).contains("live-response.tenant.contoso.api-url"))
                .anySatisfy(line -> assertThat(line).contains("live-response.deliver.email.port"))
                .anySatisfy(line -> assertThat(line).contains("live-response.deliver.ticket.url"));
    }

    @Test
    void aRefusedMailLoginIsNamedAndAGoodOneSendsNothing() throws IOException {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.setUser("live-response@example.com", "live-response", "mail~password");
        mail.start();
        try {
            settings.put("live-response.deliver.email.port", Integer.toString(mail.getSmtp().getPort()));
            settings.put("live-response.deliver.email.user", "live-response");
            settings.put("live-response.deliver.email.password", "mail~password");
            assertThat(check().exitCode()).isZero();

            settings.put("live-response.deliver.email.password", "other~password");
            CommandLineRun run = check();

            assertThat(wrong(run)).singleElement().asString().contains("mail", "live-response.deliver.email.password");
            assertThat(run.out()).doesNotContain("other~password");
            settings.put("live-response.deliver.email.security", "starttls");
            assertThat(wrong(check())).singleElement().asString().contains("live-response.deliver.email.security");
            assertThat(mail.getReceivedMessages()).isEmpty();
        } finally {
            mail.stop();
        }
    }

    @Test
    void aMailServerIsLoggedInToWithTheTenantsTokenAndNothingIsSent() throws Exception {
        AtomicReference<String> reply = new AtomicReference<>("235 2.7.0 ok");
        try (SmtpServer mail = new SmtpServer("LOGIN XOAUTH2", login -> reply.get());
                TlsFront front = new TlsFront(mailCertificate(), mail.port(), true)) {
            settings.putAll(Map.of("live-response.deliver.email.host", "localhost",
                    "live-response.deliver.email.port", Integer.toString(front.port()), "live-response.deliver.email.security", "starttls",
                    "live-response.deliver.email.user", "live-response@example.com", "live-response.deliver.email.tenant", "contoso"));
            CommandLineRun good = check();
            assertThat(good.exitCode()).as(good.out()).isZero();
            assertThat(good.out()).contains("takes the login with a token of tenant contoso");
            assertThat(mail.logins()).singleElement().satisfies(login -> assertThat(login.mechanism()).isEqualTo("XOAUTH2"));

            reply.set("535 5.7.139 SmtpClientAuthentication is disabled");
            CommandLineRun run = check();
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(wrong(run)).singleElement().asString().contains("mail", "535 5.7.139", "SMTP.SendAsApp",
                    "live-response.deliver.email.tenant");
            assertThat(mail.logins()).hasSize(3).allSatisfy(login -> assertThat(run.out() + run.err()).doesNotContain(login.secret()));

            settings.put("live-response.deliver.email.scope", "https://mail.example.org/.default");
            assertThat(wrong(check())).singleElement().asString().contains("mail", "live-response.deliver.email.scope");
            assertThat(mail.verbs()).doesNotContain("MAIL");
        }
    }

    @Test
    void aMailServersCertificateThatIsNotTrustedIsNamed() throws Exception {
        try (SmtpServer mail = SmtpServer.offering("LOGIN");
                TlsFront front = new TlsFront(MailCertificate.of("localhost"), mail.port(), false)) {
            settings.putAll(Map.of("live-response.deliver.email.host", "localhost",
                    "live-response.deliver.email.port", Integer.toString(front.port()), "live-response.deliver.email.security", "tls"));

            assertThat(wrong(check())).singleElement().asString().contains("mail", "not trusted", "live-response.tls.trust-store");
            assertThat(mail.verbs()).isEmpty();
        }
    }

    private MailCertificate mailCertificate() throws Exception {
        MailCertificate certificate = MailCertificate.of("localhost");
        settings.put("live-response.tls.trust-store", certificate.trustedBeside(simulator.trustStore(),
                directory.resolve("trust.pem")).toString());
        return certificate;
    }

    @Test
    void aClockThatIsWrongShowsByTheApisOwn() throws Exception {
        WireMockServer api = new WireMockServer(options().dynamicPort());
        api.start();
        try {
            settings.put("live-response.tenant.contoso.api-url", api.baseUrl());
            answer(api, Duration.ofMinutes(10));
            JsonNode clock = finding(check("--json"), "clock");
            assertThat(clock.path("state").asText()).isEqualTo("wrong");
            assertThat(clock.path("text").asText()).contains("ahead of").contains("NTP");

            answer(api, Duration.ZERO);
            assertThat(finding(check("--json"), "clock").path("state").asText()).isEqualTo("ok");
            api.verify(2, getRequestedFor(urlEqualTo("/api/machineactions?$top=1")).withHeader("Authorization", matching("Bearer .+")));
        } finally {
            api.stop();
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamedByItsSetting() throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));
        settings.put("live-response.deliver.file.directory", file.resolve("results").toString());

        assertThat(wrong(check())).singleElement().asString().contains("directory", "live-response.deliver.file.directory");
    }

    @Test
    void aTicketSystemIsReadWithItsLoginAndItsAnswerNamesTheSetting() throws Exception {
        WireMockServer server = new WireMockServer(options().dynamicPort());
        server.start();
        try {
            settings.keySet().removeIf(key -> key.startsWith("live-response.deliver.ticket."));
            settings.putAll(Map.of("live-response.deliver.ticket.kind", "servicenow", "live-response.deliver.ticket.url", server.baseUrl(),
                    "live-response.deliver.ticket.user", "soc", "live-response.deliver.ticket.password", "desk~password"));
            server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withBody("{\"result\":[]}")));
            assertThat(check().exitCode()).isZero();
            server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));
            CommandLineRun run = check();
            assertThat(wrong(run)).singleElement().asString().contains("ticket", "401", "live-response.deliver.ticket.user");
            assertThat(run.out()).doesNotContain("desk~password");
            server.verify(2, getRequestedFor(urlEqualTo("/api/now/table/incident?sysparm_limit=1&sysparm_fields=sys_id"))
                    .withHeader("Authorization", matching("Basic .+")));

            settings.put("live-response.deliver.ticket.kind", "jira");
            settings.put("live-response.deliver.ticket.project", "SOC");
            server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
            assertThat(wrong(check())).singleElement().asString().contains("ticket", "live-response.deliver.ticket.project");
            server.verify(1, getRequestedFor(urlEqualTo("/rest/api/3/project/SOC")));
            assertThat(server.getAllServeEvents())
                    .allSatisfy(event -> assertThat(event.getRequest().getMethod().getName()).isEqualTo("GET"));
        } finally {
            server.stop();
        }
    }

    @Test
    void malformedSettingsEndWithTwo() throws IOException {
        settings.put("live-response.quota.per-minute", "lots");

        CommandLineRun run = check();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("SETTING_MALFORMED live-response.quota.per-minute");
        assertThat(simulator.journal().count(EndpointKind.TOKEN)).isZero();
    }

    /** @param behind by how much the API's clock is behind ours */
    private static void answer(WireMockServer api, Duration behind) {
        api.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withBody("{\"value\":[]}").withHeader("Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).minus(behind)))));
    }

    private static JsonNode finding(CommandLineRun run, String check) throws IOException {
        for (String line : run.lines()) {
            JsonNode finding = new ObjectMapper().readTree(line);
            if (finding.path("check").asText().equals(check)) {
                return finding;
            }
        }
        throw new AssertionError("no " + check + " in " + run);
    }

    private static List<String> wrong(CommandLineRun run) {
        return run.lines().stream().filter(line -> line.startsWith("WRONG")).toList();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private CommandLineRun check(String... more) throws IOException {
        String config = CommandLineRun.config(directory, settings).toString();
        return more.length == 0 ? CommandLineRun.of("check", "--config", config) : CommandLineRun.of("check", "--config", config, more[0]);
    }
}
