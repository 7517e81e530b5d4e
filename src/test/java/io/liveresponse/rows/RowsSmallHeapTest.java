package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory grows neither with the rows of a result nor with a line. */
@Tag("integration")
class RowsSmallHeapTest {

    private static final boolean LONG = Boolean.getBoolean("live-response.long");
    private static final int ROWS = LONG ? 1_000_000 : 100_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    void many_rows_pass_to_the_tables_and_to_a_feed_in_a_heap_of_48_mb(String format) throws Exception {
        boolean json = format.equals("json");
        Path blob = blob(json ? "[" : "n,name\\n", ROWS,
                json ? "{\\\"n\\\": %d, \\\"name\\\": \\\"process %<d\\\"},\\n" : "%d,process %<d\\n",
                json ? "{\\\"n\\\": -1}]" : "");

        assertThat(inSmallHeap(format, blob)).isEqualTo((json ? ROWS + 1 : ROWS) + " 0 " + (json ? ROWS + 1 : ROWS));
    }

    @Test
    void a_line_of_200_mb_and_nightly_of_1_gb_is_one_reject_in_a_heap_of_48_mb() throws Exception {
        Path blob = blob("", LONG ? 100_000_000 : 20_000_000, "abcdefghij", "\\n{\\\"n\\\": 1}\\n");

        assertThat(inSmallHeap("json-lines", blob)).isEqualTo("1 1 1");
    }

    private Path blob(String before, int times, String each, String after) throws IOException {
        Path blob = directory.resolve("blob");
        try (BufferedWriter out = Files.newBufferedWriter(blob)) {
            out.write("{\"exit_code\":0,\"script_output\":\"" + before);
            for (int i = 0; i < times; i++) {
                out.write(each.indexOf('%') < 0 ? each : each.replace("%d", Integer.toString(i)).replace("%<d", Integer.toString(i)));
            }
            out.write(after + "\"}");
        }
        return blob;
    }

    private String inSmallHeap(String format, Path blob) throws Exception {
        Path rule = Files.writeString(directory.resolve("rule.yaml"),
                "script: x\nformat: " + format + "\ncolumns: [{name: n, type: integer, required: true}, {name: name}]\n");
        Path answer = directory.resolve("answer");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx48m",
                "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"), RowsSmallHeap.class.getName(),
                rule.toString(), blob.toString(), directory.resolve("rows").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(answer.toFile()).start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
        return Files.readString(answer).strip();
    }
}
