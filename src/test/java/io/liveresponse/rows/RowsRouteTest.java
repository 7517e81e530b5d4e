package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From results to tables, through {@code rows.camel.yaml}. */
class RowsRouteTest {

    private static final int DEVICES = 20;
    private static final List<String> SCRIPTS = List.of("status.ps1", "list.ps1", "sentence.ps1");

    @TempDir
    Path directory;

    private RowsContext rows;

    @BeforeEach
    void prepare() throws Exception {
        rows = new RowsContext(directory);
        rows.rule("status", "script: status.ps1", "format: json", "columns: [{name: version, required: true}, {name: age, type: integer}]");
        rows.rule("list", "script: list.ps1", "format: key-value", "columns: [{name: mode, required: true}]");
        rows.rule("sentence", "script: sentence.ps1", "format: regex", "pattern: '^(?P<n>\\d+) devices$'",
                "columns: [{name: n, type: integer}]");
    }

    @AfterEach
    void stop() {
        rows.close();
    }

    @Test
    void rows_rejects_and_devices_without_an_answer_add_up_to_the_devices_of_every_script() throws Exception {
        rows.start();
        List<RowSummary> summaries = new ArrayList<>();
        for (int device = 0; device < DEVICES; device++) {
            for (String script : SCRIPTS) {
                Exchange exchange = rows.deliver(resultOf(device, script));
                assertThat(exchange.getException()).isNull();
                summaries.add(exchange.getVariable("liveResponseRowSummary", RowSummary.class));
            }
        }

        for (String script : SCRIPTS) {
            String table = script.replace(".ps1", "");
            List<JsonNode> lines = rows.json(table + "/2026-11-01.jsonl");
            List<JsonNode> rejects = rows.json(table + "/2026-11-01.rejects.jsonl");
            long answered = lines.stream().filter(line -> line.get("noAnswer").isNull()).count();
            long missing = lines.size() - answered;
            assertThat(answered).isEqualTo(DEVICES - 4);
            assertThat(rejects).hasSize(1);
            assertThat(missing).isEqualTo(3);
            assertThat(answered + rejects.size() + missing).isEqualTo(DEVICES);
            Set<String> devices = new HashSet<>();
            lines.forEach(line -> devices.add(line.get("deviceName").asText()));
            rejects.forEach(line -> devices.add(line.get("deviceName").asText()));
            assertThat(devices).hasSize(DEVICES);
        }
        assertThat(summaries).hasSize(SCRIPTS.size() * DEVICES)
                .allMatch(each -> each.records() == each.rows() + each.rejects() + (each.noAnswer() == null ? 0 : 1));
    }

    private Result resultOf(int device, String script) throws Exception {
        return switch (device) {
            case 3 -> RowsContext.withoutAnswer(device, script, Outcome.ACTION_TIMED_OUT);
            case 4 -> RowsContext.withoutAnswer(device, script, Outcome.NOT_EXECUTED);
            case 5 -> rows.result(device, script, "\0");
            case 7 -> rows.result(device, script, "oops");
            default -> rows.result(device, script, switch (script) {
                case "status.ps1" -> "{\"version\": \"1." + device + "\", \"age\": " + device + "}";
                case "list.ps1" -> "mode : m" + device;
                default -> device + " devices";
            });
        };
    }

    @Test
    void every_row_says_where_it_comes_from_and_the_csv_file_says_the_same() throws Exception {
        rows.start();
        rows.deliver(rows.result(1, "status.ps1", "Transcript started, output file is x\n{\"version\": \"=1+1\", \"age\": -2}"));

        JsonNode row = rows.json("status/2026-11-01.jsonl").get(0);
        String key = RowsContext.key(1, "status.ps1").toString();
        assertThat(row.toString()).isEqualTo("{\"tenant\":\"contoso\",\"deviceId\":\"id-1\",\"deviceName\":\"ws-1\",\"machineActionId\":\""
                + key.split("/")[1]
                + "\",\"commandIndex\":0,\"scriptName\":\"status.ps1\",\"scriptSha256\":null,\"time\":\"2026-11-01T10:00:00Z\","
                + "\"rowNumber\":1,\"rowId\":\"" + DigestUtils.sha256Hex(key + "/1")
                + "\",\"noAnswer\":null,\"version\":\"=1+1\",\"age\":-2}");
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(rows.rows().resolve("status/2026-11-01.csv"))) {
            NamedCsvRecord record = csv.stream().toList().get(0);
            assertThat(record.getHeader())
                    .isEqualTo(RowText.columns(RowRules.load(directory.resolve("rules")).find("status.ps1").orElseThrow()));
            assertThat(record.getField("version")).isEqualTo("'=1+1");
            assertThat(record.getField("age")).isEqualTo("-2");
            assertThat(record.getField("rowId")).isEqualTo(row.get("rowId").asText());
        }
    }

    @Test
    void a_reject_names_line_code_and_reason_and_shows_the_beginning_of_what_was_printed() throws Exception {
        rows.start();
        rows.deliver(rows.result(1, "sentence.ps1", "5 devices\n\nno \u0007devices"));

        JsonNode reject = rows.json("sentence/2026-11-01.rejects.jsonl").get(0);
        assertThat(reject.get("line").asInt()).isEqualTo(3);
        assertThat(reject.get("rowNumber").asInt()).isEqualTo(2);
        assertThat(reject.get("code").asText()).isEqualTo("PATTERN_NOT_MATCHED");
        assertThat(reject.get("reason").asText()).isEqualTo(RejectCode.PATTERN_NOT_MATCHED.sentence());
        assertThat(reject.get("excerpt").asText()).isEqualTo("no \u2407devices");
        assertThat(rows.text("sentence/2026-11-01.rejects.csv")).contains("\"PATTERN_NOT_MATCHED\"");
    }

    @Test
    void a_result_delivered_again_changes_nothing_and_one_replayed_by_a_changed_rule_is_added_in_another_file() throws Exception {
        rows.start();
        Result result = rows.result(1, "status.ps1", "{\"version\": \"1\", \"age\": 5}");
        rows.deliver(result);
        String before = rows.text("status/2026-11-01.jsonl");
        Exchange again = rows.deliver(result);

        assertThat(again.getException()).isNull();
        assertThat(again.getVariable("liveResponseRowSummary", RowSummary.class).rows()).isOne();
        assertThat(rows.text("status/2026-11-01.jsonl")).isEqualTo(before);
        rows.close();

        rows.rule("status", "script: status.ps1", "format: json", "columns: [{name: version}]");
        rows.start();
        rows.deliver(result);
        assertThat(rows.text("status/2026-11-01.jsonl")).isEqualTo(before);
        assertThat(rows.json("status/2026-11-01.2.jsonl")).hasSize(1);
        assertThat(rows.json("status/2026-11-01.2.jsonl").get(0).get("rowId"))
                .isEqualTo(rows.json("status/2026-11-01.jsonl").get(0).get("rowId"));
    }

    @Test
    void a_script_without_a_rule_has_no_rows_and_passes() throws Exception {
        rows.start();
        Result result = rows.result(1, "other.ps1", "x");
        Exchange exchange = rows.deliver(result);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isSameAs(result);
        assertThat(exchange.getVariable("liveResponseReference")).isNull();
        assertThat(rows.rows()).doesNotExist();
    }

    @Test
    void a_disk_that_takes_no_rows_fails_the_delivery_and_leaves_no_part_behind() throws Exception {
        rows.start();
        Files.createDirectories(rows.rows());
        Files.writeString(rows.rows().resolve("status"), "in the way");
        Exchange exchange = rows.deliver(rows.result(1, "status.ps1", "{\"version\": \"1\"}"));

        assertThat(exchange.getException()).isNotNull();
        assertThat(rows.rows().resolve(".state/parts")).isEmptyDirectory();
        Files.delete(rows.rows().resolve("status"));
        assertThat(rows.deliver(rows.result(1, "status.ps1", "{\"version\": \"1\"}")).getException()).isNull();
        assertThat(rows.json("status/2026-11-01.jsonl")).hasSize(1);
    }

    @Test
    void the_whole_output_is_read_and_split_into_batches() throws Exception {
        rows.set("live-response.rows.batch-rows", 7);
        rows.rule("lines", "script: lines.ps1", "format: json-lines", "columns: [{name: n, type: integer}]");
        rows.start();
        StringBuilder output = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            output.append("{\"n\": ").append(i).append("}\n");
        }
        rows.deliver(rows.result(1, "lines.ps1", output.toString()));

        List<JsonNode> lines = rows.json("lines/2026-11-01.jsonl");
        assertThat(lines).hasSize(20_000);
        assertThat(lines.get(19_999).get("n").asInt()).isEqualTo(19_999);
        assertThat(lines.get(19_999).get("rowNumber").asInt()).isEqualTo(20_000);
    }
}
