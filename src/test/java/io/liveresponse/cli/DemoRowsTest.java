package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of scripts and devices that ends the demo. */
class DemoRowsTest {

    @TempDir
    Path directory;

    private void table(String file, String... lines) throws Exception {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, List.of(lines));
    }

    private static String row(String device, String script, String noAnswer) {
        return "{\"deviceName\":\"" + device + "\",\"scriptName\":\"" + script + "\",\"noAnswer\":" + noAnswer + "}";
    }

    @Test
    void each_device_has_a_line_and_each_script_a_column_and_rejects_are_named_with_their_file() throws Exception {
        table("a/2026-11-01.jsonl", row("ws-1", "a.ps1", "null"), row("ws-1", "a.ps1", "null"), row("ws-2", "a.ps1", "\"empty\""));
        table("b/2026-11-01.jsonl", row("ws-1", "b.ps1", "null"));
        table("b/2026-11-01.rejects.jsonl", "{\"deviceName\":\"ws-2\",\"scriptName\":\"b.ps1\",\"line\":3,\"code\":\"VALUE_MISSING\","
                + "\"reason\":\"No value.\",\"excerpt\":\"x\"}");

        DemoRows rows = DemoRows.read(directory);
        StringWriter out = new StringWriter();
        rows.print(new PrintWriter(out, true));

        assertThat(out.toString().lines()).startsWith("Rows", "device  a.ps1             b.ps1", "ws-1    2 rows            1 row",
                "ws-2    no answer: empty  1 reject").element(4).asString()
                .contains("b/2026-11-01.rejects.jsonl: ws-2, line 3: VALUE_MISSING No value. x");
        assertThat(rows.results()).isEqualTo(4);
        assertThat(rows.totals()).isEqualTo("4 results of scripts with a row rule: 3 rows, 1 reject, 1 without an answer");
    }
}
