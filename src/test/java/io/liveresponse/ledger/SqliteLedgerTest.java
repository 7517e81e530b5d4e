package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.ResultKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

@Tag("integration")
class SqliteLedgerTest {

    private static final int ROUNDS = Boolean.getBoolean("live-response.long") ? 200 : 6;
    private static final int FILLS = Boolean.getBoolean("live-response.long") ? 50 : 4;
    private static final int KILLED = 128 + 9;

    @TempDir
    Path directory;

    @Test
    void every_request_that_was_accepted_is_there_after_kill_9_at_any_point() throws Exception {
        Random random = new Random(20_260_301);
        Set<String> accepted = new LinkedHashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Process service = start();
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
            assertThat(database.sql().transaction(() -> checked(database))).isEqualTo("ok");
        }
    }

    private static String checked(LedgerDatabase database) {
        return JdbcClient.create(database.dataSource())
                .sql("pragma integrity_check").query(String.class).single();
    }

    @Test
    void a_command_reads_the_ledger_while_the_service_runs_and_while_it_is_down() throws Exception {
        LedgerAddress command = LedgerAddress.inDirectory(directory);
        ResultKey key;
        Process service = start();
        try (BufferedReader output = service.inputReader()) {
            assertThat(output.readLine()).isEqualTo("open");
            key = new ResultKey("contoso", output.readLine(), 0);
            try (LedgerDatabase database = LedgerDatabase.attach(command)) {
                assertThat(new Ledger(database, database.clock(), OnBothDatabases.QUOTA).archive().show(key)).isPresent();
            }
            assertThat(output.readLine()).as("the service works on").hasSize(36);
        } finally {
            service.destroyForcibly().waitFor();
        }
        try (LedgerDatabase database = LedgerDatabase.attach(command)) {
            assertThat(new Ledger(database, database.clock(), OnBothDatabases.QUOTA).archive().show(key)).isPresent();
        }
    }

    @Test
    void a_command_that_reads_beside_a_service_changes_no_byte_of_the_file() throws Exception {
        LedgerAddress address = LedgerAddress.inDirectory(directory);
        try (LedgerDatabase service = LedgerDatabase.open(address)) {
            new Ledger(service, service.clock(), OnBothDatabases.QUOTA).intake().accept(OnBothDatabases.requests("contoso", 20).iterator());
            // by a process of its own: closing a file in this one would drop SQLite's locks
            String before = digest();
            Process command = javaOf(LedgerReader.class).start();
            assertThat(new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("20");
            assertThat(command.waitFor()).isZero();
            assertThat(digest()).isEqualTo(before);
        }
    }

    private String digest() throws IOException {
        Process digest = new ProcessBuilder("sha256sum", "ledger.db", "ledger.db-wal").directory(directory.resolve("ledger").toFile())
                .start();
        String text = new String(digest.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(text.lines()).hasSize(2);
        return text;
    }

    @Test
    void the_file_is_in_a_directory_that_only_its_user_can_read() throws IOException {
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(directory))) {
            assertThat(new Ledger(database, database.clock(), OnBothDatabases.QUOTA).archive().counts()).isEmpty();
        }
        assertThat(Files.getPosixFilePermissions(directory.resolve("ledger"))).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_process_brings_its_native_library_along_in_the_data_directory_and_prints_nothing() throws Exception {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Process service = javaOf(LedgerService.class, "-Djava.io.tmpdir=" + temporary).redirectErrorStream(true).start();
        try (BufferedReader output = service.inputReader()) {
            assertThat(output.readLine()).isEqualTo("open");
            assertThat(output.readLine()).hasSize(36);
            assertThat(temporary).isEmptyDirectory();
            try (Stream<Path> libraries = Files.walk(directory.resolve("ledger/native")).filter(Files::isRegularFile)) {
                assertThat(libraries).hasSize(1);
            }
        } finally {
            service.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_command_on_a_directory_without_a_ledger_says_so_and_makes_none() {
        assertThatThrownBy(() -> LedgerDatabase.attach(LedgerAddress.inDirectory(directory)))
                .isInstanceOf(LedgerUnavailableException.class).hasMessageContaining("not found");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_disk_that_is_full_for_a_while_fails_changes_keeps_what_was_told_done_and_harms_nothing() throws Exception {
        Path disk = Files.createDirectories(directory.resolve("disk"));
        Assumptions.assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "none", disk.toString()))
                .as("NO DISK CAN BE MOUNTED HERE, SO NONE CAN BE FILLED").isZero();
        try {
            Path filler = disk.resolve("filler");
            List<ResultKey> done = new ArrayList<>();
            AtomicBoolean stop = new AtomicBoolean();
            try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(disk))) {
                Ledger ledger = new Ledger(database, database.clock(), OnBothDatabases.NO_LIMIT);
                for (int fill = 0; fill < FILLS; fill++) {
                    fill(filler);
                    int before = done.size();
                    // until the free pages of the log and the file are used up
                    List<Thread> workers = new ArrayList<>();
                    stop.set(false);
                    for (int worker = 0; worker < 4; worker++) {
                        Thread thread = new Thread(() -> acceptUntilRefused(ledger, done, stop));
                        thread.start();
                        workers.add(thread);
                    }
                    for (Thread worker : workers) {
                        worker.join();
                    }
                    try (LedgerDatabase command = LedgerDatabase.attach(LedgerAddress.inDirectory(disk))) {
                        assertThat(new Ledger(command, command.clock(), OnBothDatabases.QUOTA).archive().list(RequestFilter.ALL, null, 1))
                                .hasSize(done.isEmpty() ? 0 : 1);
                    }
                    Files.delete(filler);
                    ResultKey after = new ResultKey("contoso", UUID.randomUUID().toString(), 0);
                    assertThat(ledger.intake().accept(NewRequest.of(after)).fresh()).isTrue();
                    done.add(after);
                    assertThat(done).hasSizeGreaterThan(before);
                    assertThat(checked(database)).isEqualTo("ok");
                }
            }
            try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(disk))) {
                RequestArchive archive = new Ledger(database, database.clock(), OnBothDatabases.QUOTA).archive();
                assertThat(done).allMatch(key -> archive.show(key).isPresent());
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void acceptUntilRefused(Ledger ledger, List<ResultKey> done, AtomicBoolean stop) {
        while (!stop.get()) {
            ResultKey key = new ResultKey("contoso", UUID.randomUUID().toString(), 0);
            try {
                ledger.intake().accept(NewRequest.of(key));
                synchronized (done) {
                    done.add(key);
                }
            } catch (DataAccessException | TransactionException e) {
                stop.set(true);
            }
        }
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // the disk is full now
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private Process start() throws IOException {
        return javaOf(LedgerService.class).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private ProcessBuilder javaOf(Class<?> program, String... options) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName(), directory.toString()));
        return new ProcessBuilder(command);
    }
}
