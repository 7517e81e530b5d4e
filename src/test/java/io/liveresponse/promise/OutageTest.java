package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.PostgresDatabase;
import io.liveresponse.simulator.http.EndpointKind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assumptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the service stands on goes away and comes back: readiness tells it, nothing is lost, and nobody has to lend a hand. */
@Tag("integration")
class OutageTest {

    private static final int REQUESTS = 40;

    @RegisterExtension
    static final PostgresDatabase POSTGRES = new PostgresDatabase();

    @TempDir
    Path directory;

    private final CrashScenario scenario = new CrashScenario(REQUESTS);
    private int port;

    @Test
    void aDatabaseThatIsCutOffAndComesBack() throws Exception {
        String url = POSTGRES.newDatabaseUrl();
        URI address = URI.create(url.substring("jdbc:".length()));
        try (CutWire wire = new CutWire(address.getPort()); CrashWorld world = watched(CrashWorld.in(directory, scenario))) {
            world.with("live-response.ledger.url", url.replace(":" + address.getPort(), ":" + wire.port()));
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                awaitReady(200);
                world.putInInbox("first.jsonl", scenario.lines(0, REQUESTS));
                Awaitility.await().until(() -> world.simulator().journal().count(EndpointKind.BLOB) > REQUESTS / 4);
                wire.cut();
                assertThat(awaitReady(503)).contains("live-response-ledger");
                assertThat(get("metrics").statusCode()).isEqualTo(200);
                assertThat(get("health/live").statusCode()).isEqualTo(200);
                wire.restore();
                awaitReady(200);
                allDelivered(world, LedgerAddress.of(url, null, null));
                assertThat(service.log().lines().filter(line -> line.contains("The ledger does not answer"))).hasSizeLessThan(4);
                assertThat(service.log().lines().filter(line -> line.contains("ERROR")).count()).isLessThan(20);
            }
        }
    }

    @Test
    void a_database_that_is_not_there_at_the_start_is_waited_for() throws Exception {
        String url = POSTGRES.newDatabaseUrl();
        URI address = URI.create(url.substring("jdbc:".length()));
        try (CutWire wire = new CutWire(address.getPort()); CrashWorld world = watched(CrashWorld.in(directory, scenario))) {
            world.with("live-response.ledger.url", url.replace(":" + address.getPort(), ":" + wire.port()));
            wire.cut();
            try (ServiceProcess service = world.start()) {
                Awaitility.await().atMost(ServiceProcess.PATIENCE).until(() -> service.log().contains("the startup waits for it"));
                wire.restore();
                service.awaitStarted();
                awaitReady(200);
                assertThat(service.log().lines().filter(line -> line.contains("the startup waits for it"))).hasSize(1);
                assertThat(service.log().lines().filter(line -> line.contains("The ledger's database answers"))).hasSize(1);
            }
        }
    }

    @Test
    void a_signal_ends_the_wait_for_a_database_with_exit_code_0() throws Exception {
        try (CutWire wire = new CutWire(1); CrashWorld world = CrashWorld.in(directory, scenario)) {
            wire.cut();
            world.with("live-response.ledger.url", "jdbc:postgresql://127.0.0.1:" + wire.port() + "/x");
            try (ServiceProcess service = world.start()) {
                Awaitility.await().atMost(ServiceProcess.PATIENCE).until(() -> service.log().contains("the startup waits for it"));
                service.terminate();
                assertThat(service.awaitEnd(Duration.ofSeconds(10))).isZero();
            }
        }
    }

    @Test
    void aResultsDirectoryThatIsNoDirectoryForAWhile() throws Exception {
        try (CrashWorld world = watched(CrashWorld.in(directory, scenario))) {
            Files.createDirectories(world.data());
            Files.createFile(world.results());
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                assertThat(awaitReady(503)).contains("live-response.deliver.file.directory");
                world.putInInbox("requests.jsonl", scenario.lines(0, REQUESTS));
                Files.delete(world.results());
                awaitReady(200);
                allDelivered(world, LedgerAddress.inDirectory(world.data()));
            }
        }
    }

    @Test
    void aDiskThatIsFullForAWhile() throws Exception {
        Path disk = Files.createDirectories(directory.resolve("disk"));
        Assumptions.assumeThat(run("mount", "-t", "tmpfs", "-o", "size=48m", "none", disk.toString()))
                .as("NO DISK CAN BE MOUNTED HERE, SO NONE CAN BE FILLED").isZero();
        try (CrashWorld world = watched(CrashWorld.in(directory, scenario))) {
            world.with("live-response.data-directory", disk.toString()).with("live-response.retention.min-free", "4MB")
                    .with("live-response.intake.inbox.directory", world.home().resolve("inbox").toString())
                    .with("live-response.deliver.file.directory", world.results().toString());
            Files.createDirectories(world.results());
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                awaitReady(200);
                Path filler = disk.resolve("filler");
                fill(filler);
                assertThat(awaitReady(503)).contains("live-response.data-directory");
                Files.delete(filler);
                awaitReady(200);
                Path inbox = Files.createDirectories(world.home().resolve("inbox"));
                Files.move(Files.writeString(inbox.resolve("r.part"), scenario.lines(0, REQUESTS)), inbox.resolve("r.jsonl"));
                Awaitility.await().until(() -> world.simulator().journal().count(EndpointKind.BLOB) > REQUESTS / 4);
                fill(filler);
                awaitReady(503);
                Files.delete(filler);
                awaitReady(200);
                allDelivered(world, LedgerAddress.inDirectory(disk));
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void aTenantWhoseSecretIsWrongPausesWithItsSettingNamedAndGoesOnOnceItIsMended() throws Exception {
        try (CrashWorld world = watched(CrashWorld.in(directory, scenario))) {
            String key = "live-response.tenant.contoso.client-secret";
            String right = world.settings().get(key);
            world.with(key, "wrong~secret").with("live-response.retry.max-delay", "600000");
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                world.putInInbox("requests.jsonl", scenario.lines(0, REQUESTS));
                assertThat(awaitReady(503)).contains(key);
                assertThat(world.simulator().journal().count(EndpointKind.LINK)).isZero();
                assertThat(world.simulator().journal().count(EndpointKind.TOKEN)).as("paused, not hammered").isLessThan(20);
                service.terminate();
                assertThat(service.awaitEnd(Duration.ofSeconds(10))).isZero();
            }
            world.with(key, right);
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                allDelivered(world, LedgerAddress.inDirectory(world.data()));
                awaitReady(200);
            }
        }
    }

    private void allDelivered(CrashWorld world, LedgerAddress ledger) throws Exception {
        try (Aftermath aftermath = Aftermath.of(ledger)) {
            aftermath.awaitAllEnded(REQUESTS);
            aftermath.allAreDelivered(scenario.keys());
        }
        Aftermath.filesAreWhole(world.results(), scenario.keys());
        Aftermath.ticketsAreOneEach(world.simulator(), scenario.ticketed());
        Aftermath.mails(world.simulator(), scenario.mailed());
    }

    private CrashWorld watched(CrashWorld world) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return world.with("camel.management.enabled", "true").with("camel.management.host", "127.0.0.1")
                .with("camel.management.port", String.valueOf(port)).with("camel.management.health-check-enabled", "true");
    }

    /** @return the answer's text */
    private String awaitReady(int status) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health/ready"))
                .timeout(Duration.ofSeconds(30)).build();
        return Awaitility.await().atMost(ServiceProcess.PATIENCE).ignoreExceptions().pollInterval(Duration.ofMillis(100))
                .until(() -> client.send(request, HttpResponse.BodyHandlers.ofString()), answer -> answer.statusCode() == status).body();
    }

    /** Fails if there is no answer: nothing there may wait for the database. */
    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/" + path))
                .timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] piece = new byte[4096];
            while (Files.isRegularFile(file)) {
                out.write(piece);
            }
        } catch (IOException full) {
            // that was the aim
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : 1;
    }
}
