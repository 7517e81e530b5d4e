package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.transcript.TranscriptReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTryTest {

    @TempDir
    Path directory;

    private final RowsTry rowsTry = new RowsTry(new TranscriptReader(1 << 20), Clock.systemUTC());
    private final List<String> items = new ArrayList<>();
    private Path rule;

    @BeforeEach
    void writeRule() throws Exception {
        rule = Files.writeString(directory.resolve("rule.yaml"),
                "script: other.ps1\nformat: json-lines\ncolumns: [{name: n, type: integer}]\n");
    }

    @Test
    void a_kept_transcript_and_plain_output_give_the_same_rows_and_rejects() throws Exception {
        Path transcript = Files.writeString(directory.resolve("0.transcript.json"),
                "{\"script_name\": \"a.ps1\", \"exit_code\": 1, \"script_output\": \"{\\\"n\\\": 1}\\noops\\n\"}");
        Path plain = Files.writeString(directory.resolve("plain.txt"), "{\"n\": 1}\noops\n");

        for (Path file : List.of(transcript, plain)) {
            items.clear();
            RowsTry.Report report = rowsTry.run(rule, file, item -> items.add(Rules.text(item)));
            assertThat(report.problems()).isEmpty();
            assertThat(items).containsExactly("1{n=1}", "2:JSON_MALFORMED@2");
            assertThat(report.summary().rows()).isOne();
            assertThat(report.summary().rejects()).isOne();
        }
    }

    @Test
    void a_rule_with_mistakes_is_told_and_nothing_is_read() throws Exception {
        Files.writeString(rule, "format: json-lines\n");
        RowsTry.Report report = rowsTry.run(rule, directory.resolve("none"), item -> items.add(Rules.text(item)));

        assertThat(report.problems()).hasSize(2);
        assertThat(report.summary()).isNull();
        assertThat(items).isEmpty();
    }
}
