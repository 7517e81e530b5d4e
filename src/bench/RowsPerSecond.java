import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.liveresponse.rows.RowItem;
import io.liveresponse.rows.RowSummary;
import io.liveresponse.rows.RowsTry;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * How many rows a second a rule reads and writes as JSON lines, beside jq over the same file. Run from the project's root after
 * {@code mvn package}; see README.md beside this file.
 */
public final class RowsPerSecond {

    private static final int ROWS = 1_000_000;
    private static final String FILTER = "{name, pid, cpu, signed}";

    private RowsPerSecond() {
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target"), "rows-per-second");
        try {
            Path rule = Files.writeString(directory.resolve("rule.yaml"), "script: x.ps1\nformat: json-lines\ncolumns:\n"
                    + "- {name: name, required: true}\n- {name: pid, type: integer}\n- {name: cpu, type: decimal}\n"
                    + "- {name: signed, type: boolean}\n");
            Path output = output(directory.resolve("output.jsonl"));
            System.out.printf("%,d rows, %d MB, java -Xmx%dm%n", ROWS, Files.size(output) >> 20, Runtime.getRuntime().maxMemory() >> 20);
            rows(rule, output, directory.resolve("warm.jsonl"));
            double rows = rows(rule, output, directory.resolve("rows.jsonl"));
            double jq = jq(output, directory.resolve("jq.jsonl"));
            System.out.printf("rows %,10.0f a second%njq   %,10.0f a second%nratio %.1f%n", rows, jq, rows / jq);
        } finally {
            for (String file : List.of("rule.yaml", "output.jsonl", "warm.jsonl", "rows.jsonl", "jq.jsonl", "")) {
                Files.deleteIfExists(directory.resolve(file));
            }
        }
    }

    private static Path output(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < ROWS; i++) {
                out.write("{\"name\":\"process " + i % 977 + "\",\"pid\":" + i + ",\"cpu\":" + i % 1_000 + ".25,\"signed\":" + (i % 3 > 0)
                        + ",\"path\":\"C:\\\\Program Files\\\\p" + i % 31 + "\"}\n");
            }
        }
        return file;
    }

    private static double rows(Path rule, Path output, Path to) throws IOException {
        long start = System.nanoTime();
        RowSummary summary;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16);
                SequenceWriter json = new ObjectMapper().registerModule(new JavaTimeModule()).writer().withRootValueSeparator("\n")
                        .writeValues(out)) {
            summary = new RowsTry(Clock.systemUTC()).run(rule, output, item -> write(json, item)).summary();
        }
        if (summary.rows() != ROWS) {
            throw new IllegalStateException(summary.toString());
        }
        return ROWS / ((System.nanoTime() - start) / 1e9);
    }

    private static void write(SequenceWriter json, RowItem item) {
        try {
            json.write(item.fields());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double jq(Path output, Path to) throws Exception {
        long start = System.nanoTime();
        int exit = new ProcessBuilder("jq", "-c", FILTER, output.toString()).redirectOutput(to.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("jq ends with " + exit);
        }
        return ROWS / ((System.nanoTime() - start) / 1e9);
    }
}
