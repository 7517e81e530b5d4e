package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.BundleRoutes;
import io.liveresponse.worker.FatalErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that cannot work any more, or cannot begin, ends and says why; the next one goes on. */
@Tag("integration")
class BrokenProcessTest {

    @TempDir
    Path directory;

    @Test
    void a_process_that_runs_out_of_memory_ends_with_a_message_and_an_exit_code_and_loses_nothing() throws Exception {
        Path routes = BundleRoutes.copyTo(directory.resolve("routes"));
        Path work = BundleRoutes.fileIn(routes, "work-on-request");
        String begin = "        - process: { ref: liveResponseBegin";
        assertThat(Files.readString(work)).containsOnlyOnce(begin);
        Files.writeString(work, Files.readString(work).replace(begin,
                "        - bean: { beanType: java.nio.ByteBuffer, method: \"allocate(2147483000)\" }\n" + begin));
        CrashScenario scenario = new CrashScenario(8);
        try (CrashWorld world = CrashWorld.in(directory, scenario)) {
            world.putInInbox("requests.jsonl", scenario.lines(0, 8));
            try (ServiceProcess service = world.start(routes)) {
                assertThat(service.awaitEnd(ServiceProcess.PATIENCE)).as(service.log()).isEqualTo(FatalErrors.EXIT_CODE);
                assertThat(service.log()).contains("live-response ends with exit code 70 after java.lang.OutOfMemoryError");
            }
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                try (Aftermath aftermath = Aftermath.in(world.data())) {
                    aftermath.awaitAllEnded(8);
                    aftermath.allAreDelivered(scenario.keys());
                }
            }
        }
    }

    @Test
    void a_start_on_a_full_disk_says_which_directory_is_full() throws Exception {
        Path disk = Files.createDirectories(directory.resolve("disk"));
        Assumptions.assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()))
                .as("NO DISK CAN BE MOUNTED HERE, SO NONE CAN BE FILLED").isZero();
        try (CrashWorld world = CrashWorld.in(directory, new CrashScenario(1)).with("live-response.data-directory", disk.toString())) {
            Files.write(disk.resolve("filler"), new byte[1_044_480]);
            try (ServiceProcess service = world.start()) {
                assertThat(service.awaitEnd(Duration.ofMinutes(1))).as(service.log()).isEqualTo(1);
                assertThat(service.log().lines()).as(service.log()).anyMatch(
                        line -> line.contains(disk.toString()) && line.contains("live-response.data-directory")
                                && line.contains("is full"));
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : 1;
    }
}
