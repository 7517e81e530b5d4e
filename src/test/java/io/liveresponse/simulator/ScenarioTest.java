package io.liveresponse.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.Outcome;
import io.liveresponse.simulator.http.Body;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioFault;
import io.liveresponse.simulator.scenario.ScenarioRequest;
import io.liveresponse.simulator.scenario.ScenarioTranscript;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenario files, and the one that ships. */
class ScenarioTest {

    private static final Map<Outcome, Set<String>> DEFAULT_SINKS = Map.of(
            Outcome.SUCCEEDED, Set.of("file"),
            Outcome.SUCCEEDED_WITH_ERRORS, Set.of("file", "email"),
            Outcome.FAILED, Set.of("file", "ticket"),
            Outcome.INTEGRITY_FAILED, Set.of("file", "ticket", "email"),
            Outcome.FILE_RETRIEVED, Set.of("file"),
            Outcome.UNREADABLE, Set.of("file", "email"),
            Outcome.NOT_EXECUTED, Set.of(),
            Outcome.ACTION_FAILED, Set.of("ticket"),
            Outcome.ACTION_TIMED_OUT, Set.of("ticket"),
            Outcome.ACTION_CANCELLED, Set.of("ticket"));

    @TempDir
    Path directory;

    @Test
    void theShippedScenarioHasEveryOutcomeForTwoTenantsAndItsDefaultSinks() {
        List<ScenarioRequest> requests = Scenario.demo().requests();

        assertThat(requests).hasSize(17);
        assertThat(requests).extracting(request -> request.expect().outcome()).containsOnly(Outcome.values());
        assertThat(requests).extracting(request -> request.key().tenant()).containsOnly("contoso", "fabrikam");
        assertThat(requests).extracting(ScenarioRequest::key).doesNotHaveDuplicates();
        assertThat(requests).allSatisfy(
                request -> assertThat(Set.copyOf(request.expect().sinks())).isEqualTo(DEFAULT_SINKS.get(request.expect().outcome())));
    }

    @Test
    void theShippedScenarioMarksTheRequestsThatOnlyTheMachineActionAnswers() {
        Set<Outcome> left = Scenario.demo().requests().stream().filter(request -> !request.expect().hasTranscript())
                .map(request -> request.expect().outcome()).collect(Collectors.toSet());

        assertThat(left).containsExactlyInAnyOrder(
                Outcome.NOT_EXECUTED, Outcome.ACTION_FAILED, Outcome.ACTION_TIMED_OUT, Outcome.ACTION_CANCELLED);
    }

    @Test
    void theShippedScenarioHasOneOfEachMishap() {
        List<ScenarioFault> faults = Scenario.demo().actions().stream().flatMap(action -> action.commands().stream())
                .flatMap(command -> command.faults().stream()).toList();

        assertThat(faults).filteredOn(fault -> fault.kind() == ScenarioFault.Kind.EXPIRED_LINK).hasSize(1);
        assertThat(faults).filteredOn(fault -> fault.status() == 401).hasSize(1);
        assertThat(faults).filteredOn(fault -> fault.status() == 429).singleElement()
                .extracting(ScenarioFault::retryAfter).isEqualTo("1");
        assertThat(Scenario.demo().actions()).filteredOn(action -> action.pendingCalls() > 0).hasSize(1);
    }

    @Test
    void theDocumentedExampleKeepsItsRawLineFeedAndItsEscapedNuls() {
        ScenarioBlob blob = Scenario.demo().actions().get(1).commands().get(0).blob();

        assertThat(text(blob.body())).contains("{TRANSCRIPT_ID}.txt\nC:\\\\windows", "\\n51 MB\\n\\u0000\\u0000\\u0000\",");
    }

    @Test
    void bothSpellingsOfTheFieldsCanBeWritten() {
        ScenarioTranscript older = new ScenarioTranscript("a.ps1", 1, "o", "e", ScenarioTranscript.Spelling.REVISION_2021);

        assertThat(text(ScenarioBlob.of(older).body()))
                .isEqualTo("{\"name\":\"a.ps1\",\"exit_code\":1,\"script_output\":\"o\",\"script_error\":\"e\"}");
    }

    @Test
    void aGeneratedTranscriptIsValidJsonOfExactlyTheSizeAskedFor() throws IOException {
        for (int size : new int[]{1_000, 65_536, 1_000_003}) {
            Body body = ScenarioBlob.generatedTranscript("big.ps1", 5, size).body();

            assertThat(text(body)).hasSize(size);
            assertThat(SimulatorClient.JSON.readTree(text(body)).path("exit_code").asInt()).isEqualTo(5);
            assertThat(SimulatorClient.JSON.readTree(text(body)).path("script_output").asText()).contains("logged on\n");
        }
    }

    @Test
    void aGeneratedBodyCanBePacked() throws IOException {
        byte[] packed = bytes(ScenarioBlob.generated(500_000).gzipped().body());

        assertThat(packed.length).isLessThan(50_000);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes()).hasSize(500_000);
    }

    @Test
    void anUnknownFieldIsRefusedByName() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.yaml"), "tenants: []\nactoins: []\n");

        assertThatThrownBy(() -> Scenario.read(file)).isInstanceOf(IOException.class)
                .hasMessageContaining("actoins");
    }

    @Test
    void anActionOfATenantThatIsNotThereIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.yaml"), "actions: [{tenant: nobody, id: x}]\n");

        assertThatThrownBy(() -> Scenario.read(file)).isInstanceOf(IOException.class).hasMessageContaining("nobody");
    }

    @Test
    void aFaultWithoutKindAndStatusOrAtAPlaceThatNoCommandReachesIsRefused() {
        for (String fault : List.of("{at: link}", "{at: token, status: 500}", "{status: 500}")) {
            assertThatThrownBy(() -> Scenario.read(Files.writeString(directory.resolve("mine.yaml"), "tenants: []\nactions:\n"
                    + "- {tenant: a, id: x, commands: [{type: RunScript, faults: [" + fault + "]}]}\n")))
                    .as(fault).isInstanceOf(IOException.class).hasMessageContaining("ScenarioFault");
        }
    }

    private static String text(Body body) {
        return new String(bytes(body), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Body body) {
        Buffer all = Buffer.buffer();
        while (all.length() < body.length()) {
            all.appendBuffer(body.read(all.length(), 1_009));
        }
        return all.getBytes();
    }
}
