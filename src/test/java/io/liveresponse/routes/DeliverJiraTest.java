package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Jira Cloud; {@link DeliverJiraDataCenterTest} repeats all of it with version 2. */
class DeliverJiraTest extends TicketTestSupport {

    static final String LABEL = "lr-contoso-" + ACTION + "-1";

    @Override
    TicketSystem.Kind ticketSystemKind() {
        return TicketSystem.Kind.JIRA;
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.put("live-response.deliver.ticket.max-attachment", "1KB");
        return settings;
    }

    /** The text as a reader sees it. */
    String text(JsonNode document) {
        return document.path("content").get(0).path("content").get(0).path("text").asText();
    }

    @Test
    void opensAnIssueWithTheTextsOfTheTemplateAndAttachesTheTranscript() throws Exception {
        Result result = result(KEY, Outcome.FAILED, "no such file");

        assertThat(deliver(result).getException()).isNull();

        assertThat(tickets()).hasSize(1);
        JsonNode fields = tickets().get(0).body().path("fields");
        assertThat(fields.path("labels").toString()).isEqualTo("[\"" + LABEL + "\"]");
        assertThat(fields.path("summary").asText()).isEqualTo("Live response failed: collect.ps1 on pc-1 (contoso)");
        assertThat(text(fields.path("description"))).contains("no such file", "Exit code   7", "Result failed 7 " + result.sha256());
        assertThat(fields.path("issuetype").path("name").asText()).isEqualTo("Task");
        assertThat(fields.has("priority")).isFalse();
        assertThat(fields.path("attachment").get(0).path("filename").asText())
                .isEqualTo("1-" + result.sha256().substring(0, 12) + ".transcript.json");
        assertThat(fields.path("attachment").get(0).path("begins").asText()).isEqualTo("no such file");
        assertThat(calls()).containsExactly(1L, 1L, 0L, 1L, 0L);
        assertNothingUnexpected();
    }

    @Test
    void bytesOverTheLimitAreNotAttached() throws Exception {
        assertThat(deliver(result(KEY, Outcome.FAILED, "x".repeat(1025))).getException()).isNull();

        assertThat(calls()).containsExactly(1L, 1L, 0L, 0L, 0L);
    }

    @Test
    void theSameResultAgainChangesNothing() throws Exception {
        deliver(result(KEY, Outcome.FAILED, "x"));
        deliver(result(KEY, Outcome.FAILED, "x"));

        assertThat(tickets()).hasSize(1);
        assertThat(calls()).containsExactly(1L, 2L, 0L, 1L, 0L);
    }

    @Test
    void anotherResultOfTheSameKeyIsACommentOnceEvenIfItsAnswerIsLost() throws Exception {
        deliver(result(KEY, Outcome.FAILED, "first"));
        simulator.faults().on(EndpointKind.TICKET_NOTE).once(Fault.commitAndClose());

        assertThat(deliver(result(KEY, Outcome.FAILED, "second")).getException()).isNull();
        assertThat(deliver(result(KEY, Outcome.FAILED, "second")).getException()).isNull();

        assertThat(tickets()).singleElement().satisfies(ticket -> {
            JsonNode fields = ticket.body().path("fields");
            assertThat(fields.path("comment").path("comments")).hasSize(1);
            assertThat(text(fields.path("comment").path("comments").get(0).path("body"))).contains("second");
            assertThat(fields.path("attachment")).hasSize(2);
        });
    }

    @Test
    void aFileWhoseUploadFailedIsAttachedByTheNextAttemptToTheSameIssue() throws Exception {
        simulator.faults().on(EndpointKind.TICKET_FILE).once(Fault.status(503));

        assertThat(deliver(result(KEY, Outcome.FAILED, "x")).getException()).isNull();

        assertThat(tickets()).singleElement().satisfies(ticket -> assertThat(ticket.body().path("fields").path("attachment")).hasSize(1));
        assertThat(calls()).containsExactly(1L, 2L, 0L, 2L, 0L);
    }

    @ParameterizedTest
    @CsvSource({"401, .token", "403, roles", "404, .api-version"})
    void aRefusalIsFinalAndSaysWhatToCheck(int status, String hint) throws Exception {
        simulator.faults().on(EndpointKind.TICKET).always(Fault.status(status));

        Exchange exchange = deliver(result(KEY, Outcome.FAILED, "x"));

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(failure(exchange)).hasMessageContainingAll(String.valueOf(status), hint);
        assertThat(calls()).containsExactly(1L, 1L, 0L, 0L, 0L);
    }

    @ParameterizedTest
    @CsvSource({"TICKET_LOOKUP, 429, 1, 2", "TICKET_LOOKUP, 503, 1, 2", "TICKET, 429, 2, 2", "TICKET, 500, 2, 2"})
    void whatMayPassIsTriedAgain(EndpointKind where, int status, long creations, long lookups) throws Exception {
        simulator.faults().on(where).once(status == 429 ? Fault.tooManyRequests("0") : Fault.status(status));

        assertThat(deliver(result(KEY, Outcome.FAILED, "x")).getException()).isNull();

        assertThat(tickets()).hasSize(1);
        assertThat(calls()).containsExactly(creations, lookups, 0L, 1L, 0L);
    }

    @Test
    void theTicketSystemsOwnWordsReachTheOperator() throws Exception {
        simulator.faults().on(EndpointKind.TICKET).once(Fault.answer(400, Map.of(),
                "{\"errorMessages\":[\"Not now.\"],\"errors\":{\"customfield_10010\":\"Team is required.\"}}"));

        Exchange exchange = deliver(result(KEY, Outcome.FAILED, "x"));

        assertThat(failure(exchange)).hasMessageContaining("sink ticket answers 400: Not now.; customfield_10010: Team is required.");
        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void noTextOfAResultIsMoreThanText(String text) throws Exception {
        Exchange exchange = deliver(result(KEY, Outcome.FAILED, text, text, text));

        assertThat(exchange.getException()).isNull();
        assertThat(tickets()).hasSize(1);
        JsonNode fields = tickets().get(0).body().path("fields");
        assertThat(fields.path("project").path("key").asText()).isEqualTo("SOC");
        assertThat(fields.path("labels")).hasSize(1);
        assertThat(fields.path("summary").asText()).startsWith("Live response failed: ");
        assertThat(text(fields.path("description"))).doesNotContain(System.getenv("PATH"))
                .endsWith(result(KEY, Outcome.FAILED, text).sha256());
        assertThat(simulator.journal().calls(EndpointKind.TICKET_LOOKUP))
                .allSatisfy(call -> assertThat(call.target()).contains("?jql=labels%20%3D%20%22" + LABEL + "%22&fields="));
        assertNothingUnexpected();
    }
}
