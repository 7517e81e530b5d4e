package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Request;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of what a run started beside rows of what somebody else started. */
@Tag("integration")
class RunRowsTest extends RunTestSupport {

    private static final String FOREIGN = "11111111-2222-4333-8444-555555555555";

    @Test
    void a_row_of_a_run_carries_the_hash_that_the_run_is_fixed_to_and_a_row_of_a_foreign_action_carries_none() throws Exception {
        Path rules = Files.createDirectories(directory.resolve("rules"));
        Files.writeString(rules.resolve("health.yaml"), "script: " + SCRIPT + "\nformat: json\ncolumns: [{name: device}]\n");
        settings.put("live-response.rows.rules", rules.toString());
        start(scenario(device("a").build(), device("b").build()));
        simulator.actions().put(ScenarioAction.of("contoso", FOREIGN,
                ScenarioCommand.script(SCRIPT, ScenarioBlob.transcript(SCRIPT, 0, "{\"device\": \"foreign\"}\n", ""))));

        awaitTable(order(List.of(id("a"), id("b")), "20s").run());
        service.context().createProducerTemplate().requestBody("direct:live-response-accept-request",
                new Request("contoso", FOREIGN, 0, ActionFacts.UNKNOWN));
        awaitAllEnded();

        String hash = HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(("# " + SCRIPT + "\n").getBytes(StandardCharsets.UTF_8)));
        assertThat(rows()).extracting(row -> row.get("device").asText() + " " + row.get("scriptSha256").asText())
                .containsExactlyInAnyOrder("a " + hash, "b " + hash, "foreign null");
    }

    private List<JsonNode> rows() throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("data/rows/health"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    rows.add(new ObjectMapper().readTree(line));
                }
            }
        }
        return rows;
    }
}
