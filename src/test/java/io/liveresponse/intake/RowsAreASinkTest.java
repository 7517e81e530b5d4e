package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.ledger.ReplayAnswer;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped router gives results to the sink rows, as it does to the others. */
class RowsAreASinkTest {

    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final ResultKey WITH_RULE = new ResultKey("contoso", ID, 0);
    private static final ResultKey WITHOUT_RULE = new ResultKey("contoso", ID, 1);
    private static final ResultKey FAILED = new ResultKey("contoso", ID, 2);

    @TempDir
    Path directory;

    private Simulator simulator;
    private RunningService service;

    @BeforeEach
    void prepare() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(Scenario.demo().tenants())));
        simulator.actions().put(ScenarioAction.of("contoso", ID,
                ScenarioCommand.script("status.ps1", ScenarioBlob.transcript("status.ps1", 0, "{\"n\": 1}\nno JSON\n{\"n\": 3}\n", "")),
                ScenarioCommand.script("other.ps1", ScenarioBlob.transcript("other.ps1", 0, "{\"n\": 1}\n", "")),
                ScenarioCommand.script("status.ps1", ScenarioBlob.transcript("status.ps1", 3, "", "no\n"))));
        rule("{name: n, type: integer}");
    }

    @AfterEach
    void stop() {
        service.close();
        simulator.close();
    }

    private void rule(String column) throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve("rules")).resolve("status.yaml"),
                "script: status.ps1\nformat: json-lines\ncolumns: [" + column + "]\n");
    }

    private void start() throws Exception {
        service = new RunningService(simulator, directory, Map.of("live-response.rows.rules", directory.resolve("rules").toString(),
                "live-response.action.look-up", "false", "live-response.retry.max-delay", "100"));
    }

    private void accept(ResultKey... keys) {
        for (ResultKey key : keys) {
            service.context().createProducerTemplate().requestBody("direct:live-response-accept-request",
                    new Request(key.tenant(), key.machineActionId(), key.commandIndex(), ActionFacts.UNKNOWN));
        }
    }

    /** Of every file of the table: rows, or rejects. */
    private List<JsonNode> lines(boolean rejects) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("data/rows/status"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".jsonl") && each.toString().contains("rejects") == rejects)
                    .sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    lines.add(new ObjectMapper().readTree(line));
                }
            }
        }
        return lines;
    }

    @Test
    void a_result_whose_script_has_a_rule_goes_to_the_tables_and_the_ledger_knows_while_any_other_is_passed_over() throws Exception {
        start();

        accept(WITH_RULE, WITHOUT_RULE, FAILED);
        service.awaitEnded(3);

        assertThat(service.sinks(WITH_RULE)).containsExactly("file", "rows");
        assertThat(service.sinks(WITHOUT_RULE)).containsExactly("file");
        assertThat(service.sinks(FAILED)).containsExactly("file", "rows", "ticket");
        assertThat(lines(false)).extracting(row -> row.get("n").asText() + " " + row.get("noAnswer").asText())
                .containsExactlyInAnyOrder("1 null", "3 null", "null empty");
        assertThat(lines(true)).hasSize(1);
    }

    @Test
    void tables_that_cannot_be_written_keep_no_other_sink_and_are_written_once_they_can() throws Exception {
        Path blocked = Files.writeString(Files.createDirectories(directory.resolve("data")).resolve("rows"), "a file");
        start();

        accept(FAILED);
        await().until(() -> service.all().size() == 1 && service.request(FAILED).error() != null);
        assertThat(service.request(FAILED).error().code()).isEqualTo(FailureCode.DELIVERY_NOT_STORED);
        assertThat(service.sinks(FAILED)).containsExactly("file", "ticket");
        assertThat(simulator.ticketSystem().tickets()).hasSize(1);
        Files.delete(blocked);
        service.awaitEnded(1);

        assertThat(service.request(FAILED).state()).isEqualTo(RequestState.DELIVERED);
        assertThat(service.sinks(FAILED)).containsExactly("file", "rows", "ticket");
        assertThat(lines(false)).hasSize(1);
        assertThat(simulator.ticketSystem().tickets()).hasSize(1);
    }

    @Test
    void a_replay_by_a_changed_rule_adds_rows_under_the_same_ids_without_a_call_to_the_api() throws Exception {
        start();
        accept(WITH_RULE);
        service.awaitEnded(1);
        List<String> before = lines(false).stream().map(row -> row.get("rowId").asText()).toList();
        long calls = simulator.journal().count(EndpointKind.LINK);
        service.close();

        rule("{name: number, from: n, type: integer}");
        start();
        assertThat(service.ledger().archive().replay(WITH_RULE, false)).isEqualTo(ReplayAnswer.REROUTED);
        service.awaitEnded(1);

        assertThat(lines(false)).hasSize(4).filteredOn(row -> row.has("number"))
                .extracting(row -> row.get("rowId").asText()).containsExactlyElementsOf(before);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(calls);
    }
}
