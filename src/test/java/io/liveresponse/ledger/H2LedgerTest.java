package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.ResultKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class H2LedgerTest {

    private static final int ROUNDS = Boolean.getBoolean("live-response.long") ? 40 : 6;
    private static final int KILLED = 128 + 9;
    private static final String LOOPBACK_ONLY = "-Dh2.bindAddress=127.0.0.1";

    @TempDir
    Path directory;

    @Test
    void every_request_that_was_accepted_is_there_after_kill_9_at_any_point() throws Exception {
        Random random = new Random(20_260_301);
        Set<String> accepted = new LinkedHashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Process service = start(LOOPBACK_ONLY);
            try (BufferedReader output = service.inputReader()) {
                assertThat(output.readLine()).as("round %d", round).isEqualTo("open");
                for (int left = 1 + random.nextInt(150); left > 0; left--) {
                    accepted.add(output.readLine());
                }
                // by its handle, which leaves the output open
                service.toHandle().destroyForcibly();
                // what it printed before it died was promised too; a line cut short was not
                output.lines().filter(line -> line.length() == 36).forEach(accepted::add);
            }
            assertThat(service.waitFor()).isEqualTo(KILLED);
        }
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(directory))) {
            RequestArchive archive = new Ledger(database, database.clock(), OnBothDatabases.QUOTA).archive();
            assertThat(accepted).hasSizeGreaterThan(ROUNDS * 10)
                    .allMatch(id -> archive.show(new ResultKey("contoso", id, 0)).isPresent());
        }
    }

    @Test
    void a_command_reads_the_ledger_while_the_service_runs_and_while_it_is_down() throws Exception {
        LedgerAddress command = LedgerAddress.inDirectory(directory);
        ResultKey key;
        Process service = start(LOOPBACK_ONLY);
        try (BufferedReader output = service.inputReader()) {
            assertThat(output.readLine()).isEqualTo("open");
            key = new ResultKey("contoso", output.readLine(), 0);
            try (LedgerDatabase database = LedgerDatabase.attach(command)) {
                assertThat(new Ledger(database, database.clock(), OnBothDatabases.QUOTA).archive().show(key)).isPresent();
            }
            assertThat(service.isAlive()).isTrue();
        } finally {
            service.destroyForcibly().waitFor();
        }
        try (LedgerDatabase database = LedgerDatabase.attach(command)) {
            assertThat(new Ledger(database, database.clock(), OnBothDatabases.QUOTA).archive().show(key)).isPresent();
        }
    }

    @Test
    void a_running_service_lets_nobody_in_without_the_key() throws Exception {
        Process service = start(LOOPBACK_ONLY);
        try (BufferedReader output = service.inputReader()) {
            assertThat(output.readLine()).isEqualTo("open");
            String port = Files.readString(directory.resolve("ledger/ledger.door")).replaceFirst("/.*", "");
            for (String name : List.of("file:" + directory.resolve("ledger/ledger"), "mem:any", "wrong-key")) {
                assertThatThrownBy(() -> DriverManager.getConnection("jdbc:h2:tcp://127.0.0.1:" + port + "/" + name, "ledger", ""))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                                .isEqualTo(ErrorCode.WRONG_USER_OR_PASSWORD));
            }
        } finally {
            service.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_host_that_has_not_bound_h2_to_loopback_opens_no_port() throws IOException {
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(directory));
                Stream<Path> files = Files.list(directory.resolve("ledger"))) {
            assertThat(new Ledger(database, database.clock(), OnBothDatabases.QUOTA).archive().counts()).isEmpty();
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("ledger.mv.db");
        }
        assertThat(Files.getPosixFilePermissions(directory.resolve("ledger")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_command_leaves_the_file_alone_while_a_service_listens_but_does_not_answer() throws Exception {
        LedgerAddress address = LedgerAddress.inDirectory(directory);
        LedgerDatabase.open(address).close();
        Path file = directory.resolve("ledger/ledger.mv.db");
        byte[] before = Files.readAllBytes(file);
        try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Files.writeString(directory.resolve("ledger/ledger.door"), service.getLocalPort() + "/key");
            Thread hangUp = new Thread(() -> {
                try {
                    while (true) {
                        service.accept().close();
                    }
                } catch (IOException e) {
                    // the test has ended
                }
            });
            hangUp.start();
            assertThatThrownBy(() -> LedgerDatabase.attach(address)).isInstanceOf(LedgerUnavailableException.class);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_command_on_a_directory_without_a_ledger_says_so_and_makes_none() {
        assertThatThrownBy(() -> LedgerDatabase.attach(LedgerAddress.inDirectory(directory)))
                .isInstanceOf(LedgerUnavailableException.class).hasMessageContaining("not found");
        assertThat(directory).isEmptyDirectory();
    }

    private Process start(String option) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), option,
                "-cp", System.getProperty("java.class.path"), LedgerService.class.getName(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
