package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Setting;
import io.liveresponse.settings.SettingCatalog;
import io.liveresponse.settings.TrustStoreFile;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.http.Faults;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 4: a secret of its own in each place where there can be one, every stage made to fail in every way of the retry table by
 * counterparts that repeat what they were told, everything logged at TRACE through the shipped configuration; and then the secrets are
 * looked for wherever somebody may look. The one place left out is the settings file, which is where they come from; memory
 * is another matter.
 */
@Tag("integration")
class SecretsStaySecretTest {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    /** All that is compiled here runs for seconds. */
    /** What must be in a log at TRACE with the wire on. */
    private static final List<String> MARKS = List.of(" TRACE ", "o.a.c", "com.azure", "c.m.a.m", "com.zaxxer",
            "(bytes on the wire are not logged");
    private static final int NO_QUOTA = 5_000;
    private static final String PLAIN = "contoso";
    private static final List<String> TENANTS = List.of(PLAIN, "wrongsecret", "down", "echo", "garbage", "opaque", "untrusted", "pfx",
            "badpfx");
    /** A ticket system has one way to sign in; here it is the token. */
    private static final Set<String> OTHER_LOGINS = Set.of("live-response.deliver.ticket.password",
            "live-response.deliver.ticket.client-secret");
    /** What every link's query holds. */
    private static final String LINK_QUERY = "sv=2019-07-07";

    @TempDir
    Path directory;

    private final Canaries canaries = new Canaries();
    private final Map<String, String> settings = new HashMap<>();
    private Simulator simulator;
    private Simulator stranger;
    private HostileMailServer mail;
    private int actions;

    @BeforeEach
    void start() throws Exception {
        List<SimulatorTenant> tenants = TENANTS.stream()
                .map(name -> SimulatorTenant.of(name, guid(), guid(), canaries.fresh("client secret of " + name))).toList();
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), new Scenario(tenants, List.of()))
                .withQuota(NO_QUOTA, Duration.ofMinutes(1), NO_QUOTA, Duration.ofHours(1)));
        stranger = Simulator.start(SimulatorOptions.in(directory.resolve("stranger"), new Scenario(List.of(), List.of())));
        mail = new HostileMailServer();
        // Every setting that is declared a secret gets one, known to this test or not.
        SettingCatalog.all().stream().filter(Setting::secret)
                .filter(setting -> !setting.perTenant() && !OTHER_LOGINS.contains(setting.name()))
                .forEach(setting -> settings.put(setting.name(), secretFor(setting)));
        settings.putAll(simulator.settings());
        canaries.add("ticket system token", settings.get("live-response.deliver.ticket.token"));
        settings.put("live-response.tls.trust-store", trustStore(canaries.freshWord("trust store password")).toString());
        // its login is a secret; every host of this test is exempt from it
        settings.put("live-response.proxy.user", "somebody");
        settings.put("live-response.proxy.url", "http://127.0.0.1:1");
        settings.put("live-response.proxy.no-proxy", "localhost,127.0.0.1");
        settings.put("live-response.deliver.email.host", "127.0.0.1");
        settings.put("live-response.deliver.email.port", Integer.toString(mail.port()));
        settings.put("live-response.deliver.email.security", "none");
        Stream.of("ledger", "deliver.email", "deliver.jms", "intake.jms")
                .forEach(login -> settings.put("live-response." + login + ".user", "somebody"));
        settings.put("live-response.deliver.email.from", "live-response@example.com");
        settings.put("live-response.deliver.email.to", "soc@example.com");
        settings.put("live-response.http.response-timeout", "1500");
        settings.put("live-response.http.connect-timeout", "1500");
        settings.put("live-response.retry.delay", "50");
        // also how long a tenant whose sign-in is refused is left alone
        settings.put("live-response.retry.max-delay", "120000");
        settings.put("live-response.retry.attempts", "2");
        settings.put("live-response.retry.grace", "1s");
        settings.put("live-response.worker.concurrency", "16");
        settings.put("live-response.quota.per-minute", Integer.toString(NO_QUOTA));
        settings.put("live-response.quota.per-hour", Integer.toString(NO_QUOTA));
        tenantsThatFail();
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
        stranger.close();
        mail.close();
    }

    @Test
    void noneIsFoundAnywhereWhateverFails() throws Exception {
        int management = freePort();
        settings.putAll(Map.of("camel.management.enabled", "true", "camel.management.host", "127.0.0.1",
                "camel.management.port", Integer.toString(management), "camel.management.health-check-enabled", "true",
                "camel.management.metrics-enabled", "true", "camel.management.info-enabled", "true", "camel.metrics.enabled", "true",
                "camel.main.jmx-enabled", "true", "camel.main.tracing", "true"));
        try (ServiceJvm service = ServiceJvm.start(directory.resolve("service"), settings,
                Map.of("LIVE_RESPONSE_LOG_LEVEL", "TRACE", "AZURE_LOG_LEVEL", "1", "AZURE_HTTP_LOG_DETAIL_LEVEL", "body_and_headers"),
                "-Dlog4j2.configurationFile=" + configurationWithTheWireOn().toUri())) {
            List<ResultKey> asked = new ArrayList<>(List.of(succeeded()));
            service.ask(asked);
            // faults below repeat the bearer of this one, which a slow start may keep waiting after its first attempt
            await().atMost(PATIENCE).until(() -> !service.isRunning() || simulator.journal().count(EndpointKind.BLOB) > 0);
            awaitEnd(service, asked.size());
            rememberWhatWasIssued();

            Stream.of(tokens(), links(), blobs(), ticketSystems(), mails()).flatMap(List::stream).forEach(asked::add);
            service.ask(asked.subList(1, asked.size()));
            awaitEnd(service, asked.size());
            List<ResultKey> refused = refusals();
            asked.addAll(refused);
            service.ask(refused);
            awaitEnd(service, asked.size());
            rememberWhatWasIssued();

            assertThat(simulator.journal().unexpected()).isEmpty();
            assertThat(simulator.journal().bearerSeenAtBlobStore()).isZero();
            canaries.addText("a link's query", LINK_QUERY);
            Exposed.pages(management, asked).forEach(canaries::look);
            Exposed.management(service.pid()).forEach(canaries::look);
            commands(refused.get(0));
            service.stop();
            List<String> missing = new ArrayList<>(MARKS);
            eachLine(service.logFile(), line -> {
                canaries.look("log", line);
                missing.removeIf(line::contains);
            });
            assertThat(missing).as("the log is one at TRACE, with the wire on").isEmpty();
            canaries.look("ledger", Exposed.ledger(service.data()));
            Exposed.files(service.data()).forEach(canaries::look);
        }
        assertThat(mail.messages()).isNotEmpty();
        // also as a reader's program joins the lines of what is encoded
        mail.messages().forEach(message -> List.of(message, message.replace("\n", "")).forEach(text -> canaries.look("mail", text)));
        assertThat(simulator.ticketSystem().tickets()).isNotEmpty();
        simulator.ticketSystem().tickets().forEach(ticket -> canaries.look("ticket", ticket.toString()));

        assertThat(canaries.found()).isEmpty();
    }

    private static void eachLine(Path file, Consumer<String> look) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            lines.forEach(look);
        }
    }

    /** The shipped one with the one logger on that it has off; an operator may do so. */
    private Path configurationWithTheWireOn() throws IOException {
        String shipped = Files.readString(Path.of("config", "log4j2.xml"));
        String on = shipped.replaceAll("(name=\"org.apache.hc.client5.http.wire\" level=)\"off\"", "$1\"TRACE\"");
        assertThat(on).isNotEqualTo(shipped);
        return Files.writeString(directory.resolve("log4j2.xml"), on);
    }

    private String secretFor(Setting setting) {
        return setting.name().endsWith("headers") ? "X-Key=" + canaries.freshWord(setting.name()) : canaries.fresh(setting.name());
    }

    private void tenantsThatFail() throws Exception {
        settings.put("live-response.tenant.wrongsecret.client-secret", canaries.fresh("wrong client secret"));
        settings.put("live-response.tenant.untrusted.authority-host", stranger.authorityHost().toString());
        String password = canaries.freshWord("certificate password");
        Path pfx = keyStore(password);
        for (String tenant : List.of("pfx", "badpfx")) {
            settings.remove("live-response.tenant." + tenant + ".client-secret");
            settings.put("live-response.tenant." + tenant + ".credential", "certificate");
            settings.put("live-response.tenant." + tenant + ".certificate-path", pfx.toString());
            settings.put("live-response.tenant." + tenant + ".certificate-password", password);
        }
        settings.put("live-response.tenant.badpfx.certificate-password", canaries.freshWord("wrong certificate password"));
    }

    private List<ResultKey> tokens() {
        token("down", Fault.answer(503, Map.of("X-Echo", secretOf("down")), "unavailable: client_secret=" + secretOf("down")));
        token("echo",
                Fault.answer(401, Map.of(), "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret "
                        + secretOf("echo") + " provided.\"}"));
        token("garbage", Fault.answer(200, Map.of(), "<html>" + secretOf("garbage") + "</html>"));
        token("opaque",
                Fault.answer(200, Map.of("Content-Type", "application/json"),
                        "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"ext_expires_in\":3600,"
                                + "\"access_token\":\"" + canaries.freshWord("opaque token") + "\"}"));
        return TENANTS.stream().filter(tenant -> !tenant.equals(PLAIN)).map(tenant -> action(tenant, 0, "")).toList();
    }

    private String secretOf(String tenant) {
        return settings.get("live-response.tenant." + tenant + ".client-secret");
    }

    private void token(String tenant, Fault fault) {
        simulator.faults().on(EndpointKind.TOKEN).tenant(tenant).always(fault);
    }

    private List<ResultKey> links() {
        String bearer = bearer();
        String elsewhere = "https://evil.example/x?sig=" + canaries.freshWord("signature of a refused link");
        List<Fault> faults = new ArrayList<>(List.of(Fault.reset(), Fault.close(), Fault.hold(), Fault.cut(20), Fault.drip(),
                Fault.expiredLink(),
                Fault.redirect(elsewhere), Fault.answer(200, Map.of(), bearer),
                Fault.answer(200, Map.of(), "{\"value\":{\"x\":\"" + bearer + "\"}}"),
                Fault.link(value -> elsewhere), Fault.link(value -> value.replace("https", "ftp")), Fault.link(value -> "Bearer " + bearer),
                Fault.link(value -> value + "{{env:HOME}}"), Fault.link(value -> value + "\u0000"), Fault.link(value -> "x" + value),
                Fault.link(value -> value.replaceFirst("//", "//user:" + bearer.substring(bearer.length() - 20) + "@"))));
        for (int status : new int[]{400, 404, 409, 422, 500, 502, 503, 504}) {
            faults.add(echo(status, bearer));
        }
        List<ResultKey> keys = faults.stream().map(fault -> failing(EndpointKind.LINK, fault)).toList();
        ResultKey paused = action(PLAIN, 0, "");
        simulator.faults().on(EndpointKind.LINK).key(paused).once(echo(429, bearer).withRetryAfter("1"));
        return Stream.concat(keys.stream(), Stream.of(paused)).toList();
    }

    private List<ResultKey> blobs() {
        String elsewhere = "https://evil.example/x?sig=" + canaries.freshWord("signature of a redirect");
        List<ResultKey> keys = new ArrayList<>();
        for (int status : new int[]{400, 403, 404, 409, 429, 500, 503}) {
            keys.add(echoingStore(link -> echo(status, link)));
        }
        keys.add(echoingStore(link -> Fault.redirect(link + "&again=" + elsewhere)));
        keys.add(echoingStore(link -> Fault.headers(Map.of("X-Echo", link, "ETag", link, "To", link))));
        keys.add(echoingStore(link -> Fault
                .headers(Map.of("Content-Disposition", "attachment; filename=\"" + link.substring(link.indexOf('?') + 1) + "\""))));
        for (Fault fault : List.of(Fault.reset(), Fault.close(), Fault.hold(), Fault.cut(5), Fault.drip(), Fault.redirect(elsewhere))) {
            keys.add(failing(EndpointKind.BLOB, fault));
        }
        return keys;
    }

    /** A store that answers with the very link that it was asked by. */
    private ResultKey echoingStore(Function<String, Fault> fault) {
        ResultKey key = action(PLAIN, 0, "");
        Faults.Where store = simulator.faults().on(EndpointKind.BLOB).key(key);
        simulator.faults().on(EndpointKind.LINK).key(key).always(Fault.link(link -> {
            canaries.add("link", link.substring(link.indexOf("sig=")));
            store.once(fault.apply(link));
            return link;
        }));
        return key;
    }

    private List<ResultKey> ticketSystems() {
        String token = "Bearer " + settings.get("live-response.deliver.ticket.token");
        List<Fault> faults = new ArrayList<>(List.of(Fault.reset(), Fault.commitAndClose(), Fault.hold(), Fault.cut(3), Fault.drip(),
                Fault.redirect("https://evil.example/?token=" + token)));
        for (int status : new int[]{400, 401, 403, 404, 422, 429, 500, 503}) {
            faults.add(echo(status, token + " " + settings.get("live-response.deliver.ticket.headers") + " "
                    + settings.get("live-response.deliver.ticket.signing-secret")));
        }
        List<ResultKey> keys = new ArrayList<>();
        for (Fault fault : faults) {
            ResultKey key = action(PLAIN, 3, "");
            simulator.faults().on(EndpointKind.TICKET).key(key).always(fault);
            keys.add(key);
        }
        return keys;
    }

    private List<ResultKey> mails() {
        return Stream.generate(() -> action(PLAIN, 0, "something on stderr")).limit(HostileMailServer.moods() + 2L).toList();
    }

    /** Last, since they cost the token. */
    private List<ResultKey> refusals() {
        return List.of(failing(EndpointKind.LINK, echo(403, bearer())), failing(EndpointKind.LINK, echo(401, bearer())));
    }

    private ResultKey failing(EndpointKind hop, Fault fault) {
        ResultKey key = action(PLAIN, 0, "");
        simulator.faults().on(hop).key(key).always(fault);
        return key;
    }

    private static Fault echo(int status, String secret) {
        return Fault.answer(status, Map.of("WWW-Authenticate", "Bearer realm=\"" + secret + "\"", "X-Echo", secret, "Set-Cookie", secret),
                "{\"error\":{\"code\":\"Echo\",\"message\":\"You said " + secret + ", did you not?\",\"target\":\"" + secret + "\"}}");
    }

    private ResultKey succeeded() {
        return action(PLAIN, 0, "");
    }

    private ResultKey action(String tenant, int exitCode, String errors) {
        ResultKey key = new ResultKey(tenant, guid(), 0);
        simulator.actions().put(ScenarioAction.of(tenant, key.machineActionId(), ScenarioCommand.script("canary.ps1",
                ScenarioBlob.transcript("canary.ps1", exitCode, "the output of action " + ++actions, errors))));
        return key;
    }

    private String bearer() {
        List<String> seen = simulator.journal().calls(EndpointKind.LINK).stream().filter(call -> PLAIN.equals(call.tenant()))
                .flatMap(call -> call.header("Authorization").stream()).toList();
        return seen.get(seen.size() - 1).substring("Bearer ".length());
    }

    /** The simulator makes tokens and links by itself; what it has seen of them is looked for too. */
    private void rememberWhatWasIssued() {
        for (Call call : simulator.journal().calls()) {
            call.header("Authorization").forEach(header -> {
                String token = header.substring("Bearer ".length());
                canaries.add("bearer", token.substring(token.indexOf('.') + 1));
            });
            if (call.kind() == EndpointKind.BLOB) {
                canaries.add("link", call.target().substring(call.target().indexOf("sig=")));
            }
        }
    }

    /** What the commands say of it all, at TRACE with the configuration as it is shipped. */
    private void commands(ResultKey failed) throws Exception {
        List<String> always = List.of("--config", directory.resolve("service/application.properties").toString());
        List<List<String>> commands = List.of(List.of("requests", "list", "--json"), List.of("requests", "show", failed.toString()),
                List.of("validate"), List.of("check"));
        List<String> jvm = List.of("-Dlog4j2.configurationFile=" + Path.of("config", "log4j2.xml").toUri());
        Map<Path, Process> started = new LinkedHashMap<>();
        for (List<String> command : commands) {
            Path out = directory.resolve(String.join("-", command.subList(0, Math.min(2, command.size()))) + ".txt");
            started.put(out, ServiceCommand.start(out, Map.of("LIVE_RESPONSE_LOG_LEVEL", "TRACE"), jvm,
                    Stream.concat(command.stream(), always.stream()).toList()));
        }
        for (Map.Entry<Path, Process> command : started.entrySet()) {
            try {
                assertThat(command.getValue().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(command.toString()).isTrue();
            } finally {
                command.getValue().destroyForcibly();
            }
            assertThat(command.getKey()).isNotEmptyFile();
            eachLine(command.getKey(), line -> canaries.look(command.getKey().getFileName().toString(), line));
        }
    }

    private static void awaitEnd(ServiceJvm service, int requests) throws IOException {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).ignoreExceptions()
                .until(() -> !service.isRunning() || service.endedOrRefused() >= requests);
        if (!service.isRunning()) {
            eachLine(service.logFile(), line -> Stream.of(line).filter(text -> text.contains(" WARN ") || text.contains(" ERROR "))
                    .forEach(System.err::println));
        }
        assertThat(service.isRunning()).as("the service runs").isTrue();
    }

    private Path trustStore(String password) throws Exception {
        settings.put("live-response.tls.trust-store-password", password);
        Path file = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            TrustStoreFile.load(simulator.trustStore(), null).store(out, password.toCharArray());
        }
        return file;
    }

    /** A certificate that no app registration lists. */
    private Path keyStore(String password) throws Exception {
        Path file = directory.resolve("certificate.pfx");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keyalg", "RSA",
                "-alias", "app", "-dname", "CN=app", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", password)
                .redirectErrorStream(true).redirectOutput(directory.resolve("keytool.txt").toFile()).start();
        assertThat(keytool.waitFor()).isZero();
        return file;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String guid() {
        return UUID.randomUUID().toString();
    }
}
