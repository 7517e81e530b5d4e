package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.ledger.EventKind;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request without commandIndex stands for all commands of its action. */
@Tag("integration")
class WholeActionTest {

    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final ScenarioBlob GOOD = ScenarioBlob
            .text("{\"script_name\":\"a.ps1\",\"exit_code\":0,\"script_output\":\"ok\",\"script_errors\":\"\"}");
    private static final ScenarioBlob BAD = ScenarioBlob
            .text("{\"script_name\":\"a.ps1\",\"exit_code\":7,\"script_output\":\"\",\"script_errors\":\"no\"}");

    @TempDir
    Path directory;

    private Simulator simulator;
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(Scenario.demo().tenants())));
        service = new RunningService(simulator, directory, Map.of());
    }

    @AfterEach
    void stop() {
        service.close();
        simulator.close();
    }

    @Test
    void becomesOneRequestForEachCommandThatHasAResultAndNoneForPutFile() {
        simulator.actions().put(ScenarioAction.of("contoso", ID,
                ScenarioCommand.putFile("a.ps1"), ScenarioCommand.script("a.ps1", GOOD),
                ScenarioCommand.getFile("C:\\a", ScenarioBlob.text("bytes"))));

        accept();
        service.awaitEnded(3);

        assertThat(outcome(1)).isEqualTo(Outcome.SUCCEEDED);
        assertThat(outcome(2)).isEqualTo(Outcome.FILE_RETRIEVED);
        assertThat(service.request(key(1)).action().scriptName()).isEqualTo("a.ps1");
        assertThat(service.request(key(1)).action().deviceName()).isEqualTo("ws-0042.contoso.local");
        assertThat(service.request(action()).state()).isEqualTo(RequestState.DELIVERED);
        assertThat(simulator.journal().count(EndpointKind.ACTION)).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(2);
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void recordsWhatNeverRanAndStillFetchesTheTranscriptOfTheScriptThatFailed() {
        simulator.actions().put(ScenarioAction.of("contoso", ID, ScenarioCommand.script("a.ps1", BAD).withStatus("Failed"),
                ScenarioCommand.getFile("C:\\a", null).withStatus("Created")).withStatus("Failed"));

        accept();
        service.awaitEnded(3);

        assertThat(outcome(0)).isEqualTo(Outcome.FAILED);
        assertThat(outcome(1)).isEqualTo(Outcome.NOT_EXECUTED);
        assertThat(service.sinks(key(1))).isEmpty();
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"Failed, ACTION_FAILED", "TimeOut, ACTION_TIMED_OUT", "Cancelled, ACTION_CANCELLED"})
    void anActionThatEndedBeforeItsCommandRanIsToldAsATicketWithoutALinkCall(String status, Outcome outcome) {
        simulator.actions()
                .put(ScenarioAction.of("contoso", ID, ScenarioCommand.script("a.ps1", null).withStatus("Created")).withStatus(status));

        accept();
        service.awaitEnded(2);

        assertThat(outcome(0)).isEqualTo(outcome);
        assertThat(service.sinks(key(0))).containsExactly("ticket");
        assertThat(simulator.journal().count(EndpointKind.LINK)).isZero();
    }

    @Test
    void aFailedCommandWithoutTranscriptEndsAsTheActionDid() {
        simulator.actions().put(new ScenarioAction("contoso", ID, null, "Failed", null, null, null, null, Duration.ofMinutes(30),
                Duration.ofMinutes(20), 0, java.util.List.of(ScenarioCommand.script("a.ps1", null).withStatus("Failed"))));

        accept();
        service.awaitEnded(2);

        assertThat(outcome(0)).isEqualTo(Outcome.ACTION_FAILED);
        assertThat(service.sinks(key(0))).containsExactly("ticket");
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.ACTION)).isEqualTo(2);
    }

    @Test
    void waitsInTheLedgerWhileTheActionRunsWithoutCountingAttempts() {
        simulator.actions().put(ScenarioAction.of("contoso", ID, ScenarioCommand.script("a.ps1", GOOD)).createdAgo(Duration.ofSeconds(1))
                .withPendingCalls(3));

        accept();
        service.awaitEnded(2);

        assertThat(outcome(0)).isEqualTo(Outcome.SUCCEEDED);
        assertThat(simulator.journal().count(EndpointKind.ACTION)).isEqualTo(4);
        assertThat(service.ledger().archive().show(action()).orElseThrow().events()).extracting(event -> event.kind())
                .contains(EventKind.POSTPONED).doesNotContain(EventKind.RETRY, EventKind.LINK_CALL);
    }

    @Test
    void aRestartWhileTheActionRunsLosesNothing() throws Exception {
        simulator.actions().put(ScenarioAction.of("contoso", ID, ScenarioCommand.script("a.ps1", GOOD)).createdAgo(Duration.ofSeconds(1))
                .withStatus("InProgress"));
        accept();
        await().until(() -> simulator.journal().count(EndpointKind.ACTION) >= 1);
        service.close();

        simulator.actions().put(ScenarioAction.of("contoso", ID, ScenarioCommand.script("a.ps1", GOOD)));
        service = new RunningService(simulator, directory, Map.of());
        service.awaitEnded(2);

        assertThat(outcome(0)).isEqualTo(Outcome.SUCCEEDED);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
    }

    @Test
    void outlivesThrottlingAndFaultsOfTheApi() {
        simulator.actions().put(ScenarioAction.of("contoso", ID, ScenarioCommand.script("a.ps1", GOOD)));
        simulator.faults().on(EndpointKind.ACTION).next(1, Fault.status(503));
        simulator.faults().on(EndpointKind.ACTION).next(1, Fault.status(401));

        accept();
        service.awaitEnded(2);

        assertThat(outcome(0)).isEqualTo(Outcome.SUCCEEDED);
        assertThat(simulator.journal().count(EndpointKind.ACTION)).isEqualTo(3);
    }

    @Test
    void anActionThatIsNoLiveResponseIsDead() {
        simulator.actions().put(new ScenarioAction("contoso", ID, "Isolate", null, null, null, null, null, null, null, 0, null));

        accept();
        service.awaitEnded(1);

        RequestRecord dead = service.request(action());
        assertThat(dead.state()).isEqualTo(RequestState.DEAD);
        assertThat(dead.error().code()).isEqualTo(FailureCode.ACTION_NO_LIVE_RESPONSE);
    }

    @Test
    void aSecondRequestForTheActionIsNoSecondRequest() {
        simulator.actions().put(ScenarioAction.of("contoso", ID, ScenarioCommand.script("a.ps1", GOOD)));

        accept();
        service.awaitEnded(2);
        accept();
        service.awaitEnded(2);

        assertThat(simulator.journal().count(EndpointKind.ACTION)).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
    }

    private void accept() {
        service.context().createProducerTemplate().requestBody("direct:live-response-accept-request", request());
    }

    private static io.liveresponse.model.Request request() {
        return new io.liveresponse.model.Request("contoso", ID, null, io.liveresponse.model.ActionFacts.UNKNOWN);
    }

    private Outcome outcome(int index) {
        return service.request(key(index)).fetched().outcome();
    }

    private static ResultKey key(int index) {
        return new ResultKey("contoso", ID, index);
    }

    private static ResultKey action() {
        return key(ResultKey.WHOLE_ACTION);
    }
}
