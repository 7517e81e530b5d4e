package io.liveresponse.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionReaderTest {

    private static final String ID = "5382f7ea-7557-4ab7-9782-d50480024a4e";

    @Test
    void readsTheActionOfTheDocumentationAndPassesOverWhatItDoesNotKnow() throws Exception {
        MachineAction action = only("""
                {"@odata.context":"x","new":{"a":[1,{"b":2}]},"id":"%s","type":"LiveResponse","requestor":"analyst@contoso.com",
                 "requestorComment":"Testing","status":"Succeeded","machineId":"m1","computerDnsName":"host","creationDateTimeUtc":
                 "2021-02-04T15:36:52.7788848Z","lastUpdateDateTimeUtc":"2021-02-04T15:40:52.77Z","errorHResult":0,
                 "commands":[{"index":1,"commandStatus":"Completed","errors":[],"command":{"type":"RunScript","params":[
                 {"key":"ScriptName","value":"minidump.ps1"},{"key":"Args","value":"x"}]}},
                 {"index":0,"commandStatus":"Completed","command":{"type":"PutFile","params":null}},
                 {"index":2,"commandStatus":"Completed","command":{"type":"GetFile","params":[{"key":"Path","value":"C:\\\\a"}]}}]}
                """.formatted(ID));

        assertThat(action.createdAt()).isEqualTo(Instant.parse("2021-02-04T15:36:52.778884800Z"));
        assertThat(action.updatedAt()).isEqualTo(Instant.parse("2021-02-04T15:40:52.770Z"));
        assertThat(action.commands()).extracting(ActionCommand::index).containsExactly(0, 1, 2);
        assertThat(action.commands().get(1).scriptName()).isEqualTo("minidump.ps1");
        assertThat(action.commands().get(2).path()).isEqualTo("C:\\a");
        assertThat(action.commands()).extracting(ActionCommand::canHaveResult).containsExactly(false, true, true);
        assertThat(action.hasEnded()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
            "2026-01-02T03:04:05.12Z, 2026-01-02T03:04:05.120Z", "2026-01-02T03:04:05.1234567Z, 2026-01-02T03:04:05.123456700Z",
            "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z", "2026-01-02T03:04:05.12, 2026-01-02T03:04:05.120Z",
            "2026-01-02T04:04:05+01:00, 2026-01-02T03:04:05Z", "yesterday,",
    })
    void readsTimesHoweverManyDigitsTheyHaveAndUnderTheOlderName(String text, Instant expected) throws Exception {
        assertThat(only("{\"id\":\"" + ID + "\",\"type\":\"LiveResponse\",\"status\":\"Failed\",\"lastUpdateTimeUtc\":\"" + text + "\"}")
                .updatedAt())
                .isEqualTo(expected);
    }

    @Test
    void the_reasons_of_a_failure_are_among_the_facts_of_its_command() throws Exception {
        MachineAction action = only("""
                {"id":"%s","type":"LiveResponse","status":"Failed","errorHResult":-2147012889,"troubleshootInfo":"No connection",
                 "commands":[{"index":0,"commandStatus":"Failed","errors":["Access denied",{"code":7},null],"command":{"type":"RunScript"}},
                 {"index":1,"commandStatus":"Created","errors":[],"command":{"type":"RunScript"}}]}
                """.formatted(ID));

        ActionFacts failed = action.factsOf(action.commands().get(0));
        assertThat(failed.commandErrors()).containsExactly("Access denied", "{\"code\":7}");
        assertThat(failed.failure()).contains("Access denied; {\"code\":7}; -2147012889; No connection");
        assertThat(action.factsOf(action.commands().get(1)).commandErrors()).isNull();
    }

    @Test
    void anEntryThatIsNoActionCostsThatEntryOnly() throws Exception {
        ActionPage page = read("{\"value\":[7,{\"id\":\"../x\",\"type\":\"LiveResponse\",\"status\":\"Failed\"},"
                + "{\"id\":\"" + ID + "\",\"type\":\"LiveResponse\",\"status\":\"Failed\",\"commands\":[]}],\"@odata.nextLink\":\"n\"}");

        assertThat(page.entries()).isEqualTo(3);
        assertThat(page.actions()).hasSize(1);
        assertThat(page.nextLink()).isEqualTo("n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>", "{}", "{\"value\":", "{\"value\":[{\"id\"", "{\"id\":\"x\"}"})
    void whatIsNoAnswerOfTheApiIsSaidToBeUnreadable(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(LiveResponseException.class,
                e -> assertThat(e.getCode()).isEqualTo(FailureCode.ACTION_ANSWER_UNREADABLE));
    }

    @ParameterizedTest
    @CsvSource({"Failed, ACTION_FAILED", "TimeOut, ACTION_TIMED_OUT", "Cancelled, ACTION_CANCELLED"})
    void whatNeverRanIsNotExecutedBehindAFailedCommandOnly(String status, Outcome alone) throws Exception {
        MachineAction first = only(action(status, "Created"));
        MachineAction behind = only(action(status, "Failed", "Created"));

        assertThat(first.outcomeWithoutRun(first.commands().get(0))).contains(alone);
        assertThat(behind.outcomeWithoutRun(behind.commands().get(0))).isEmpty();
        assertThat(behind.outcomeWithoutRun(behind.commands().get(1))).contains(Outcome.NOT_EXECUTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "InProgress", "SomethingNew"})
    void anActionOfAnyOtherStatusHasNotEnded(String status) throws Exception {
        assertThat(only(action(status, "Created")).hasEnded()).isFalse();
    }

    private static String action(String status, String... commandStatuses) {
        StringBuilder commands = new StringBuilder();
        for (String command : commandStatuses) {
            commands.append(commands.isEmpty() ? "" : ",").append("{\"commandStatus\":\"").append(command)
                    .append("\",\"command\":{\"type\":\"RunScript\"}}");
        }
        return "{\"id\":\"" + ID + "\",\"type\":\"LiveResponse\",\"status\":\"" + status + "\",\"commands\":[" + commands + "]}";
    }

    private static MachineAction only(String json) throws Exception {
        return read(json).actions().get(0);
    }

    private static ActionPage read(String json) throws Exception {
        return ActionReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
