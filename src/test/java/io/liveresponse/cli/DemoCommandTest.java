package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code demo --keep} prints if its output goes to a file, and what it serves meanwhile. */
@Tag("integration")
class DemoCommandTest {

    private static final Pattern PAGE = Pattern.compile("Status page: (http://127\\.0\\.0\\.1:\\d+/) \\(Ctrl-C ends the demo\\)");

    @TempDir
    static Path directory;

    private static Process demo;

    @BeforeAll
    static void run() throws IOException {
        demo = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "demo", "--keep", "--directory",
                directory.resolve("demo").toString()).redirectErrorStream(true).redirectOutput(directory.resolve("out").toFile()).start();
        await().atMost(Duration.ofSeconds(120)).until(() -> output().contains("Look at ") || !demo.isAlive());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        demo.destroy();
        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static String output() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    @Test
    void the_status_page_is_at_the_address_that_is_printed() throws Exception {
        List<String> pages = PAGE.matcher(output()).results().map((MatchResult found) -> found.group(1)).toList();

        assertThat(pages).as(output()).hasSize(1);
        HttpResponse<String> page = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(pages.get(0))).build(),
                BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>", "contoso");
    }

    @Test
    void no_progress_bar_and_no_escape_is_written_to_a_file() throws Exception {
        assertThat(output()).contains("requests ended as the scenario says").doesNotContain("\r", "\u001b");
    }

    @Test
    void what_is_counted_once_is_told_in_the_singular() throws Exception {
        assertThat(output()).contains(", 1 reject, ").doesNotContainPattern("\\b1 (rows|rejects|tickets|results|link calls)\\b");
    }
}
