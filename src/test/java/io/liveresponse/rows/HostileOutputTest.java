package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile output becomes rows or rejects, never anything else. */
class HostileOutputTest {

    private static final Pattern REPEATED = Pattern.compile("@([0-9]+)\\(([^()]+)\\)");

    @TempDir
    Path directory;

    static Stream<String> corpus() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/rows/hostile.txt")).stream().filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void it_is_a_row_or_a_reject_through_the_route_and_in_both_files(String line) throws Exception {
        String[] parts = line.split(" \\| ", 3);
        String format = parts[0].strip();
        String expected = expand(parts[2].strip());
        try (RowsContext rows = new RowsContext(directory)) {
            rows.rule("hostile", "script: hostile.ps1", "format: " + format, "columns: [{name: value, required: true}]",
                    format.equals("regex") ? "pattern: '^value=(?P<value>(.*.*.*.*)*)$'" : "");
            rows.start();
            Exchange exchange = rows.deliver(rows.result(1, "hostile.ps1", expand(parts[1])));
            assertThat(exchange.getException()).isNull();

            List<JsonNode> items = Stream
                    .concat(rows.json("hostile/2026-11-01.jsonl").stream(), rows.json("hostile/2026-11-01.rejects.jsonl").stream())
                    .sorted((a, b) -> Long.compare(a.get("rowNumber").asLong(), b.get("rowNumber").asLong())).toList();
            assertThat(String.join(",",
                    items.stream().map(item -> (item.has("code") ? item.get("code") : item.get("value")).asText()).toList()))
                    .isEqualTo(expected);
            assertThat(items).allSatisfy(item -> {
                assertThat(item.get("tenant").asText()).isEqualTo("contoso");
                assertThat(item.get("deviceName").asText()).isEqualTo("ws-1");
                assertThat(item.get("rowId").asText())
                        .isEqualTo(DigestUtils.sha256Hex(RowsContext.key(1, "hostile.ps1") + "/" + item.get("rowNumber").asLong()));
                assertThat(item.toString().length()).isLessThan(2 * OutputLines.MAX_RECORD);
            });
            for (String file : List.of("hostile/2026-11-01.csv", "hostile/2026-11-01.rejects.csv")) {
                if (Files.exists(rows.rows().resolve(file))) {
                    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(rows.rows().resolve(file))) {
                        assertThat(csv.stream().flatMap(record -> record.getFields().stream()))
                                .noneMatch(cell -> cell.matches("(?s)[=+@\\t\\r-].*"))
                                .noneMatch(cell -> cell.indexOf('\0') >= 0);
                    }
                }
            }
            try (Stream<Path> files = Files.list(rows.rows())) {
                assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("hostile", ".state");
            }
        }
    }

    @Test
    void a_rules_greedy_pattern_takes_linear_time_and_no_stack() {
        RowRule rule = Rules.rule("format: regex", "pattern: '^(?P<value>(a+)+)$'", "columns: [{name: value}]");

        assertThat(Rules.texts(rule, "a".repeat(100_000) + "!")).containsExactly("1:PATTERN_NOT_MATCHED@1");
    }

    private static String expand(String text) {
        Matcher matcher = REPEATED.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(expanded, "");
            expanded.append(matcher.group(2).repeat(Integer.parseInt(matcher.group(1))));
        }
        return matcher.appendTail(expanded).toString().replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0");
    }
}
