package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.Scenario;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file here asks for actions that the API does not know; what counts is what the ledger takes. */
@Tag("integration")
class InboxTest {

    private static final int MANY = Integer.getInteger("live-response.inbox.lines", 5_000);

    @TempDir
    Path directory;

    private Simulator simulator;
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(Scenario.demo().tenants())));
        service = new RunningService(simulator, directory,
                Map.of("live-response.intake.inbox.enabled", "true", "live-response.worker.period", "3600000"));
    }

    @AfterEach
    void stop() {
        service.close();
        simulator.close();
    }

    @Test
    void takesALongFileInChunksAndMovesItOnlyWhenAllIsCommitted() throws Exception {
        Path part = data("inbox/many.jsonl.part");
        try (BufferedWriter out = Files.newBufferedWriter(part)) {
            for (int n = 0; n < MANY; n++) {
                out.write(line(n));
                if (n % 1_000 == 0) {
                    out.write("no request\n");
                }
            }
        }
        assertThat(files("accepted")).isEmpty();
        long start = System.nanoTime();
        Files.move(part, data("inbox/many.jsonl"));
        await().atMost(Duration.ofMinutes(4)).until(() -> files("accepted").size() == 1);
        System.out.println(MANY + " lines in " + Duration.ofNanos(System.nanoTime() - start));

        assertThat(counted()).isEqualTo(MANY);
        assertThat(files("inbox")).isEmpty();
        assertThat(Files.readAllLines(data("rejected/" + files("rejected").get(0)))).hasSize((MANY + 999) / 1_000)
                .allMatch(line -> line.contains("REQUEST_INVALID"));
    }

    @Test
    void theSameFileNameTwiceIsTwoFilesAndTheSameRequestsTwiceAreNone() throws Exception {
        drop(line(1) + line(2));
        await().atMost(Duration.ofSeconds(30)).until(() -> files("accepted").size() == 1);
        drop(line(2) + line(3));
        await().atMost(Duration.ofSeconds(30)).until(() -> files("accepted").size() == 2);

        assertThat(counted()).isEqualTo(3);
        assertThat(files("rejected")).isEmpty();
    }

    @Test
    void aFileThatWasTakenButNotMovedWhenTheProcessDiedIsTakenAgainWithoutDuplicates() throws Exception {
        drop(line(1) + line(2));
        await().atMost(Duration.ofSeconds(30)).until(() -> files("accepted").size() == 1);
        service.close();
        Files.move(data("accepted/" + files("accepted").get(0)), data("inbox/again.jsonl"));

        service = new RunningService(simulator, directory,
                Map.of("live-response.intake.inbox.enabled", "true", "live-response.worker.period", "3600000"));
        await().atMost(Duration.ofSeconds(30)).until(() -> files("accepted").size() == 1);

        assertThat(counted()).isEqualTo(2);
    }

    private void drop(String lines) throws IOException {
        Path part = data("inbox/requests.jsonl.part");
        Files.writeString(part, lines);
        Files.move(part, data("inbox/requests.jsonl"));
    }

    private long counted() {
        return service.ledger().archive().counts().stream().mapToLong(count -> count.requests()).sum();
    }

    private static String line(int n) {
        return "{\"tenant\":\"contoso\",\"machineActionId\":\"00000000-0000-4000-8000-%012d\",\"commandIndex\":0}\n".formatted(n);
    }

    private Path data(String name) throws IOException {
        Path path = directory.resolve("data").resolve(name);
        Files.createDirectories(path.getParent());
        return path;
    }

    private List<String> files(String name) throws IOException {
        Path path = directory.resolve("data").resolve(name);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString())
                    .filter(file -> !file.endsWith(".camelLock")).sorted().toList();
        }
    }
}
