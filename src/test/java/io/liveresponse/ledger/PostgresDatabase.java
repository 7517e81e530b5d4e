package io.liveresponse.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * A real PostgreSQL server, started once for all test classes of a run and stopped at its end; used as a static
 * {@code @RegisterExtension} field. It is the one from the registry, which as root runs in a user namespace of its own; where
 * that cannot be had, the server of an installed Debian package, as the user {@code postgres}. Where there is neither, its
 * tests are skipped with a message on standard error, but never where the environment says {@code CI=true}.
 */
public final class PostgresDatabase implements BeforeAllCallback {

    private static final Path DEBIAN_SERVERS = Path.of("/usr/lib/postgresql");
    private static final AtomicInteger NAMES = new AtomicInteger();

    private ExtensionContext.Store store;

    @Override
    public void beforeAll(ExtensionContext context) {
        store = context.getRoot().getStore(ExtensionContext.Namespace.create(PostgresDatabase.class));
    }

    /** A new, empty database; starts the server where it does not run yet. */
    public String newDatabaseUrl() throws SQLException {
        Server server = store.getOrComputeIfAbsent("server", key -> start(), Server.class);
        String name = "test_" + NAMES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server.url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.url(name);
    }

    private static Server start() {
        List<String> reasons = new ArrayList<>();
        try {
            EmbeddedPostgres embedded = EmbeddedPostgres.builder().start();
            return new Server(embedded.getPort(), embedded);
        } catch (IOException | RuntimeException e) {
            reasons.add("embedded: " + e);
        }
        try {
            return debianServer();
        } catch (IOException | RuntimeException e) {
            reasons.add("Debian's: " + e);
        }
        String message = "NO POSTGRESQL, ITS TESTS ARE SKIPPED: " + String.join("; ", reasons);
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(message);
        }
        System.err.println(message);
        throw new TestAbortedException(message);
    }

    private static Server debianServer() throws IOException {
        Path programs;
        try (Stream<Path> versions = Files.list(DEBIAN_SERVERS)) {
            programs = versions.map(version -> version.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst().orElseThrow(() -> new IOException("no server in " + DEBIAN_SERVERS));
        }
        Path directory = Files.createTempDirectory("postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        String data = directory.resolve("data").toString();
        run(asPostgres(programs.resolve("initdb").toString(), "-A", "trust", "-U", "postgres", "-D", data));
        int port = freePort();
        Process process = new ProcessBuilder(asPostgres(programs.resolve("postgres").toString(), "-D", data,
                "-p", String.valueOf(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Server server = new Server(port, process::destroy);
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions()
                .until(() -> {
                    try (Connection connection = DriverManager.getConnection(server.url("postgres"))) {
                        return connection.isValid(5);
                    }
                });
        return server;
    }

    private static List<String> asPostgres(String... command) {
        List<String> whole = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            whole.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IOException(command + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private record Server(int port, Closeable process) implements Closeable {

        String url(String database) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
        }

        @Override
        public void close() throws IOException {
            process.close();
        }
    }
}
