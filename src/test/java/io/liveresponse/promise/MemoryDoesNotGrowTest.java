package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.model.ResultJson;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 5: a file of 4 GB and a transcript of 300 MB are delivered in a heap of 64 MB, by the service as it is shipped, in
 * a process of its own. 320 MB and 96 MB in an everyday build; all of it with {@code -Dlive-response.long=true}.
 */
@Tag("integration")
class MemoryDoesNotGrowTest {

    private static final long MB = 1L << 20;
    private static final boolean LONG = Boolean.getBoolean("live-response.long");
    private static final long FILE_BYTES = (LONG ? 4_096 : 320) * MB;
    private static final long TRANSCRIPT_BYTES = (LONG ? 300 : 96) * MB;
    private static final String LINE = "2026-01-12 08:30:11,4624,Security,An account was successfully logged on\n";
    private static final int LINES = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final SimulatorTenant TENANT = SimulatorTenant.of("contoso", "11111111-1111-4111-8111-111111111111",
            "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "memory-test~secret");
    private static final String ACTION = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    private static final ResultKey FILE = new ResultKey("contoso", ACTION, 0);
    private static final ResultKey TRANSCRIPT = new ResultKey("contoso", ACTION, 1);

    @TempDir
    Path directory;

    private Simulator simulator;

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aHugeFileAndAHugeTranscriptAreDeliveredInAHeapOf64Mb() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(List.of(TENANT), ScenarioAction.of(
                "contoso", ACTION,
                ScenarioCommand.getFile("C:\\memory.csv", ScenarioBlob.generated(FILE_BYTES).named("memory.csv")),
                ScenarioCommand.script("huge.ps1", ScenarioBlob.generatedTranscript("huge.ps1", 3, TRANSCRIPT_BYTES)))))
                .withPlainHttp());

        try (ServiceJvm service = ServiceJvm.start(directory.resolve("service"), simulator.settings(),
                Map.of("LIVE_RESPONSE_DELIVER_FILE_PATTERN", "{tenant}/{action}"),
                "-Xmx64m", "-XX:+ExitOnOutOfMemoryError")) {
            service.ask(List.of(FILE, TRANSCRIPT));
            Path fileJson = service.result(FILE, "0.result.json");
            Path transcriptJson = service.result(TRANSCRIPT, "1.result.json");
            await().atMost(PATIENCE).until(() -> !service.isRunning()
                    || Files.exists(fileJson) && Files.exists(transcriptJson) && simulator.ticketSystem().tickets().size() == 1);

            assertThat(service.log()).doesNotContain("OutOfMemory");
            assertThat(ResultJson.mapper().readTree(fileJson.toFile()).path("outcome").asText()).isEqualTo("file-retrieved");
            assertThat(ResultJson.mapper().readTree(transcriptJson.toFile()).path("outcome").asText()).isEqualTo("failed");
            assertThat(ResultJson.mapper().readTree(transcriptJson.toFile()).path("exitCode").asInt()).isEqualTo(3);
            assertSame(service.result(FILE, "0-memory.csv"), fileJson, FILE_BYTES);
            assertThat(ResultJson.mapper().readTree(fileJson.toFile()).path("sha256").asText()).isEqualTo(sha256OfTheStores(FILE_BYTES));
            assertSame(service.result(TRANSCRIPT, "1.transcript.json"), transcriptJson, TRANSCRIPT_BYTES);
            assertThat(service.stop()).as(service.log()).isIn(0, 143);
            assertThat(service.log()).doesNotContain("OutOfMemory", "ERROR");
        }
    }

    /** By size, by the result's own word, and by what stands on the disk. */
    private static void assertSame(Path delivered, Path json, long size) throws Exception {
        assertThat(Files.size(delivered)).isEqualTo(size);
        assertThat(sha256(Files.newInputStream(delivered)))
                .isEqualTo(ResultJson.mapper().readTree(json.toFile()).path("sha256").asText());
    }

    private static String sha256(InputStream bytes) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(bytes, digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of the lines that the simulator's store makes up, made here once more. */
    private static String sha256OfTheStores(long size) throws Exception {
        byte[] lines = LINE.repeat(LINES).getBytes(StandardCharsets.US_ASCII);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long left = size; left > 0; left -= lines.length) {
            digest.update(lines, 0, (int) Math.min(left, lines.length));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
