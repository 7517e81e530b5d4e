package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request of ids alone, whose action the API may be asked about. */
@Tag("integration")
class ActionLookUpTest {

    private static final ResultKey KEY = new ResultKey("contoso", "11111111-2222-4333-8444-555555555555", 0);
    private static final String DEVICE = "ws-0042.contoso.local";

    @TempDir
    Path directory;

    private Simulator simulator;
    private RunningService service;

    @BeforeEach
    void startSimulator() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(Scenario.demo().tenants())));
    }

    @AfterEach
    void stop() {
        service.close();
        simulator.close();
    }

    /** An action that ended long ago, so that no result of it can be on its way. */
    private void deliver(String lookUp, ScenarioCommand command, String status) throws Exception {
        simulator.actions().put(new ScenarioAction("contoso", KEY.machineActionId(), null, status, null, null, null, null,
                Duration.ofMinutes(30), Duration.ofMinutes(20), 0, List.of(command)));
        service = new RunningService(simulator, directory, Map.of("live-response.action.look-up", lookUp));
        service.context().createProducerTemplate().requestBody("direct:live-response-accept-request",
                new Request(KEY.tenant(), KEY.machineActionId(), KEY.commandIndex(), ActionFacts.UNKNOWN));
        service.awaitEnded(1);
        assertThat(service.request(KEY).state()).isEqualTo(RequestState.DELIVERED);
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    private static ScenarioCommand failing() {
        return ScenarioCommand.script("a.ps1", ScenarioBlob.transcript("a.ps1", 7, "no", ""));
    }

    @Test
    void tellsTheDeviceToLedgerAndTicketByOneCallHoweverOftenTheFetchIsRepeated() throws Exception {
        simulator.faults().on(EndpointKind.BLOB).key(KEY).next(2, Fault.status(503));

        deliver("true", failing(), "Succeeded");

        assertThat(service.request(KEY).action().deviceName()).isEqualTo(DEVICE);
        assertThat(simulator.ticketSystem().tickets()).singleElement()
                .satisfies(ticket -> assertThat(ticket.body().path("deviceName").asText()).isEqualTo(DEVICE));
        assertThat(simulator.journal().count(EndpointKind.ACTION)).isOne();
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(3);
    }

    @Test
    void tellsAFileFromATranscriptByWhatWasAskedFor() throws Exception {
        deliver("true", ScenarioCommand.getFile("C:\\out\\result.json", ScenarioBlob.transcript("a.ps1", 7, "no", "")), "Succeeded");

        assertThat(service.request(KEY).fetched().outcome()).isEqualTo(Outcome.FILE_RETRIEVED);
    }

    @Test
    void a_call_that_the_throttle_rejects_spends_no_permit_of_those_that_come_after_it() throws Exception {
        simulator.actions().put(new ScenarioAction("contoso", KEY.machineActionId(), null, "Succeeded", null, null, null, null,
                Duration.ofMinutes(30), Duration.ofMinutes(20), 0, List.of(failing())));
        service = new RunningService(simulator, directory,
                Map.of("live-response.quota.per-minute", "1", "live-response.quota.minute-period", "1s"));

        assertThat(fetchAction().getException()).isNull();
        assertThat(fetchAction().getException()).hasMessageContaining("has made as many calls as the API allows for now");
        await().until(() -> {
            Exception refused = fetchAction().getException();
            assertThat(refused == null ? "" : refused.getMessage()).doesNotContain("pauses until");
            return refused == null;
        });
        assertThat(simulator.journal().count(EndpointKind.ACTION)).isEqualTo(2);
    }

    private Exchange fetchAction() {
        return service.context().createProducerTemplate().send("direct:live-response-fetch-action",
                exchange -> exchange.setVariable("liveResponseKey", KEY));
    }

    @Test
    void a_file_asked_for_by_ids_alone_is_a_file_by_default_settings() throws Exception {
        simulator.actions().put(new ScenarioAction("contoso", KEY.machineActionId(), null, "Succeeded", null, null, null, null,
                Duration.ofMinutes(30), Duration.ofMinutes(20), 0,
                List.of(ScenarioCommand.getFile("C:\\out\\result.json", ScenarioBlob.text("no transcript")),
                        ScenarioCommand.getFile("C:\\out\\more.json", ScenarioBlob.text("none either")))));
        service = new RunningService(simulator, directory, Map.of("live-response.worker.concurrency", "1"));
        for (int index = 0; index < 2; index++) {
            service.context().createProducerTemplate().requestBody("direct:live-response-accept-request",
                    new Request(KEY.tenant(), KEY.machineActionId(), index, ActionFacts.UNKNOWN));
        }
        service.awaitEnded(2);

        assertThat(service.all()).extracting(request -> request.fetched().outcome()).containsExactly(Outcome.FILE_RETRIEVED,
                Outcome.FILE_RETRIEVED);
        assertThat(simulator.journal().count(EndpointKind.ACTION)).as("one call for all commands").isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void an_action_that_the_api_never_tells_is_no_reason_not_to_deliver(int status) throws Exception {
        simulator.faults().on(EndpointKind.ACTION).always(Fault.status(status));

        deliver("true", failing(), "Succeeded");

        assertThat(service.request(KEY).action()).isEqualTo(new ActionFacts(null, "a.ps1", null, null, null, null, null, null));
        assertThat(simulator.journal().count(EndpointKind.LINK)).isOne();
        assertThat(simulator.journal().count(EndpointKind.ACTION)).isOne();
    }

    @Test
    void a_fault_that_passes_is_waited_for_rather_than_taken_for_an_answer() throws Exception {
        simulator.faults().on(EndpointKind.ACTION).next(2, Fault.status(500));

        deliver("true", failing(), "Succeeded");

        assertThat(service.request(KEY).action().deviceName()).isEqualTo(DEVICE);
        assertThat(simulator.journal().count(EndpointKind.ACTION)).isEqualTo(3);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isOne();
    }

    @Test
    void costsNoCallUnlessItIsSet() throws Exception {
        deliver("false", failing(), "Succeeded");

        assertThat(simulator.journal().count(EndpointKind.ACTION)).isZero();
        assertThat(service.request(KEY).action().deviceName()).isNull();
    }

    @Test
    void isNeededAnywayWhereThereIsNoResultAndThenTheTicketNamesTheDevice() throws Exception {
        deliver("false", ScenarioCommand.script("a.ps1", null).withStatus("Created"), "TimeOut");

        assertThat(service.request(KEY).fetched().outcome()).isEqualTo(Outcome.ACTION_TIMED_OUT);
        assertThat(simulator.ticketSystem().tickets()).singleElement()
                .satisfies(ticket -> assertThat(ticket.body().path("deviceName").asText()).isEqualTo(DEVICE));
    }

    /** The API's answer about the action, with all that it can say of a failure. */
    private static String failed(String status, String commandStatus) {
        return """
                {"id":"%s","type":"LiveResponse","status":"%s","machineId":"0123456789abcdef0123456789abcdef01234567",
                 "computerDnsName":"%s","requestor":"maria","creationDateTimeUtc":"2026-01-01T10:00:00Z",
                 "lastUpdateDateTimeUtc":"2026-01-01T10:10:00Z","errorHResult":-2147012889,"troubleshootInfo":"No connection",
                 "commands":[{"index":0,"commandStatus":"%s","errors":["Access denied to C:\\\\temp"],
                 "command":{"type":"RunScript","params":[{"key":"ScriptName","value":"a.ps1"}]}}]}
                """.formatted(KEY.machineActionId(), status, DEVICE, commandStatus);
    }

    private static final String ALL_THREE = "Access denied to C:\\temp; -2147012889; No connection";

    @Test
    void what_the_api_says_of_a_failure_is_in_result_mail_and_ticket_also_if_they_are_delivered_by_a_later_claim() throws Exception {
        simulator.close();
        simulator = Simulator
                .start(SimulatorOptions.in(directory.resolve("with-mail"), Scenario.of(Scenario.demo().tenants())).withMail());
        simulator.faults().on(EndpointKind.ACTION)
                .always(Fault.answer(200, Map.of("Content-Type", "application/json"), failed("Succeeded", "Completed")));
        simulator.faults().on(EndpointKind.TICKET).next(2, Fault.status(503));

        deliver("true", ScenarioCommand.script("a.ps1", ScenarioBlob.transcript("a.ps1", 323, "", "")), "Succeeded");

        assertThat(service.sinks(KEY)).containsExactly("email", "file", "ticket");
        assertThat(simulator.ticketSystem().tickets()).singleElement().satisfies(ticket -> {
            assertThat(ticket.body().path("commandErrors").get(0).asText()).isEqualTo("Access denied to C:\\temp");
            assertThat(ticket.body().path("errorHResult").asText()).isEqualTo("-2147012889");
            assertThat(ticket.body().path("troubleshootInfo").asText()).isEqualTo("No connection");
        });
        assertThat(simulator.mails()).singleElement().satisfies(mail -> assertThat(text(mail)).contains(ALL_THREE));
        try (Stream<Path> files = Files.walk(directory.resolve("data/results"))) {
            assertThat(files.filter(file -> file.toString().endsWith("result.json"))).singleElement()
                    .satisfies(file -> assertThat(new ObjectMapper().readTree(file.toFile()).path("troubleshootInfo").asText())
                            .isEqualTo("No connection"));
        }
    }

    @Test
    void the_reason_of_an_action_that_failed_without_a_result_is_in_its_ticket() throws Exception {
        simulator.faults().on(EndpointKind.ACTION)
                .always(Fault.answer(200, Map.of("Content-Type", "application/json"), failed("Failed", "Failed")));

        deliver("false", ScenarioCommand.script("a.ps1", null).withStatus("Failed"), "Failed");

        assertThat(service.request(KEY).fetched().outcome()).isEqualTo(Outcome.ACTION_FAILED);
        assertThat(service.request(KEY).action().failure()).contains(ALL_THREE);
        assertThat(simulator.ticketSystem().tickets()).singleElement()
                .satisfies(ticket -> assertThat(ticket.body().path("troubleshootInfo").asText()).isEqualTo("No connection"));
    }

    /** Every text part. */
    private static String text(Part part) throws Exception {
        Object content = part.getContent();
        if (!(content instanceof Multipart parts)) {
            return content instanceof String text ? text : "";
        }
        StringBuilder all = new StringBuilder();
        for (int index = 0; index < parts.getCount(); index++) {
            all.append(text(parts.getBodyPart(index)));
        }
        return all.toString();
    }
}
