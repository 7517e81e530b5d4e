package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rows try}, and the row rules as {@code validate} and {@code run} see them. */
class RowsCommandTest {

    @TempDir
    Path directory;

    private Path rule;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        rule = Files.writeString(Files.createDirectory(directory.resolve("row-rules")).resolve("services.yaml"),
                "script: services.ps1\nformat: csv\ncolumns: [{name: service, from: Name}, {name: pid, type: integer}]\n");
        output = Files.writeString(directory.resolve("0.txt"), "Name,pid\nSense,12\n\u001b[2JMpsSvc,many\n");
    }

    private CommandLineRun tryRule(String... more) {
        String[] arguments = {"rows", "try", rule.toString(), output.toString()};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandLineRun.of(all);
    }

    @Test
    void rows_and_rejects_of_a_file_are_shown_with_their_line_and_nothing_in_them_moves_the_cursor() {
        CommandLineRun run = tryRule();

        assertThat(run.exitCode()).isOne();
        assertThat(run.lines()).hasSize(4);
        assertThat(run.lines().get(0)).isEqualTo("row  service  pid");
        assertThat(run.lines().get(1)).isEqualTo("1    Sense    12");
        assertThat(run.lines().get(2)).contains(output + ":3: VALUE_MALFORMED The value of column pid is no integer.")
                .doesNotContain("\u001b");
        assertThat(run.lines().get(3)).isEqualTo("1 row, 1 reject");
    }

    @Test
    void as_json_every_row_and_reject_is_an_object_a_line() {
        CommandLineRun run = tryRule("--json");

        assertThat(run.lines()).hasSize(2).allMatch(line -> line.startsWith("{\"tenant\":\"try\",") && line.endsWith("}"));
        assertThat(run.lines().get(0)).contains("\"service\":\"Sense\",\"pid\":12");
        assertThat(run.lines().get(1)).contains("\"line\":3,\"code\":\"VALUE_MALFORMED\"").doesNotContain("\u001b");
    }

    @Test
    void a_file_without_a_record_and_one_of_rows_alone_differ_in_the_exit_code() throws IOException {
        Files.writeString(output, "Name,pid\nSense,12\n");
        assertThat(tryRule().exitCode()).isZero();

        Files.writeString(output, "\n");
        CommandLineRun run = tryRule();
        assertThat(run.exitCode()).isOne();
        assertThat(run.lines()).containsExactly("no record (empty): the device gets a row that says so");
    }

    @Test
    void a_rule_with_a_mistake_ends_try_and_run_with_2_and_validate_with_1_and_each_names_file_and_line() throws IOException {
        Files.writeString(rule, "script: services.ps1\nformat: csv\ncolums: []\ncolumns: [{name: a}]\n");
        String expected = rule + ":3: ROW_RULE_UNKNOWN_KEY ";
        Path config = CommandLineRun.config(directory, Map.of("live-response.tenants", "contoso",
                "live-response.tenant.contoso.tenant-id", "contoso.onmicrosoft.com", "live-response.tenant.contoso.client-id", "me",
                "live-response.tenant.contoso.credential", "managed-identity"));

        CommandLineRun tried = tryRule();
        CommandLineRun run = CommandLineRun.of("run", "--config", config.toString(), "--routes", "routes");
        CommandLineRun validated = CommandLineRun.of("validate", "--config", config.toString(), "--routes", "routes");

        assertThat(tried.exitCode()).isEqualTo(2);
        assertThat(tried.err()).startsWith(expected);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(expected);
        assertThat(validated.exitCode()).isOne();
        assertThat(validated.out()).contains(expected);
    }

    @Test
    void the_setting_names_another_folder() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("x.yaml"), "format: csv\n");
        Path config = CommandLineRun.config(directory, Map.of("live-response.rows.rules", other.toString()));

        assertThat(CommandLineRun.of("validate", "--config", config.toString(), "--routes", "routes").out())
                .contains(other.resolve("x.yaml") + ":1: ROW_RULE_MISSING_KEY ");
    }

    @Test
    void a_file_that_is_missing_is_named() {
        output = directory.resolve("none");

        CommandLineRun run = tryRule();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(output + " does not exist or cannot be read");
    }
}
