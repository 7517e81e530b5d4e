package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeliverServiceNowTest extends TicketTestSupport {

    @Override
    TicketSystem.Kind ticketSystemKind() {
        return TicketSystem.Kind.SERVICENOW;
    }

    @Test
    void opensATicketWithTheTextsOfTheTemplate() throws Exception {
        Result result = result(KEY, Outcome.FAILED, "no such file");

        assertThat(deliver(result).getException()).isNull();

        JsonNode ticket = tickets().get(0).body();
        assertThat(tickets()).hasSize(1);
        assertThat(ticket.path("correlation_id").asText()).isEqualTo(KEY.toString());
        assertThat(ticket.path("correlation_display").asText()).isEqualTo("failed 7 " + result.sha256());
        assertThat(ticket.path("short_description").asText()).isEqualTo("Live response failed: collect.ps1 on pc-1 (contoso)");
        assertThat(ticket.path("description").asText()).contains("no such file", "Exit code   7", "Eve");
        assertThat(ticket.path("urgency").asText()).isEqualTo("3");
        assertThat(calls()).containsExactly(1L, 1L, 0L, 0L, 0L);
        assertNothingUnexpected();
    }

    @Test
    void whatTheRouterCallsHighIsUrgent() throws Exception {
        deliver(result(KEY, Outcome.INTEGRITY_FAILED, "x"), "high");

        assertThat(tickets()).singleElement().satisfies(ticket -> assertThat(ticket.body().path("urgency").asText()).isEqualTo("1"));
    }

    @Test
    void theSameResultAgainChangesNothing() throws Exception {
        deliver(result(KEY, Outcome.FAILED, "x"));
        deliver(result(KEY, Outcome.FAILED, "x"));

        assertThat(tickets()).hasSize(1);
        assertThat(calls()).containsExactly(1L, 2L, 0L, 0L, 0L);
    }

    @Test
    void anotherResultOfTheSameKeyIsAWorkNoteOnceEvenIfItsAnswerIsLost() throws Exception {
        deliver(result(KEY, Outcome.FAILED, "first"));
        simulator.faults().on(EndpointKind.TICKET_NOTE).once(Fault.commitAndClose());

        assertThat(deliver(result(KEY, Outcome.FAILED, "second")).getException()).isNull();
        assertThat(deliver(result(KEY, Outcome.FAILED, "second")).getException()).isNull();

        assertThat(tickets()).singleElement().satisfies(ticket -> {
            assertThat(ticket.body().path("work_notes")).hasSize(1);
            assertThat(ticket.body().path("work_notes").get(0).asText()).contains("second");
            assertThat(ticket.body().path("description").asText()).contains("first");
        });
    }

    @ParameterizedTest
    @CsvSource({"401, .password", "403, roles", "404, .table", "302, final address"})
    void aRefusalIsFinalAndSaysWhatToCheck(int status, String hint) throws Exception {
        simulator.faults().on(EndpointKind.TICKET_LOOKUP).always(Fault.status(status));

        Exchange exchange = deliver(result(KEY, Outcome.FAILED, "x"));

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(failure(exchange)).hasMessageContainingAll(String.valueOf(status), hint);
        assertThat(calls()).containsExactly(0L, 1L, 0L, 0L, 0L);
    }

    @ParameterizedTest
    @CsvSource({"TICKET_LOOKUP, 429, 1, 2", "TICKET_LOOKUP, 503, 1, 2", "TICKET, 429, 2, 2", "TICKET, 500, 2, 2"})
    void whatMayPassIsTriedAgain(EndpointKind where, int status, long creations, long lookups) throws Exception {
        simulator.faults().on(where).once(status == 429 ? Fault.tooManyRequests("0") : Fault.status(status));

        assertThat(deliver(result(KEY, Outcome.FAILED, "x")).getException()).isNull();

        assertThat(tickets()).hasSize(1);
        assertThat(simulator.journal().count(EndpointKind.TICKET)).isEqualTo(creations);
        assertThat(simulator.journal().count(EndpointKind.TICKET_LOOKUP)).isEqualTo(lookups);
    }

    @Test
    void aTicketSystemThatStaysDownIsLeftAloneAfterTheAttemptsOfTheSettings() throws Exception {
        simulator.faults().on(EndpointKind.TICKET_LOOKUP).always(Fault.status(503));

        Exchange exchange = deliver(result(KEY, Outcome.FAILED, "x"));

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(simulator.journal().count(EndpointKind.TICKET_LOOKUP)).isEqualTo(4);
    }

    @Test
    void retryAfterIsHandedOn() throws Exception {
        simulator.faults().on(EndpointKind.TICKET_LOOKUP).always(Fault.tooManyRequests("1"));

        Exchange exchange = template.request("direct:live-response-to-ticket", sent -> {
            sent.setVariable("liveResponseLease", "lease");
            sent.getMessage().setBody(result(KEY, Outcome.FAILED, "x"));
        });

        assertThat(failure(exchange).getRetryAfter()).contains(Duration.ofSeconds(1));
        assertThat(simulator.journal().count(EndpointKind.TICKET_LOOKUP)).isEqualTo(1);
    }

    @Test
    void theTicketSystemsOwnWordsReachTheOperator() throws Exception {
        simulator.serviceNow().require("close_code");

        Exchange exchange = deliver(result(KEY, Outcome.FAILED, "x"));

        assertThat(failure(exchange)).hasMessageContaining("Operation Failed; Data Policy Exception: "
                + "The following fields are mandatory: close_code");
        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
    }

    @Test
    void noSecretIsInTheTicketSystemsWordsThatReachTheOperator() throws Exception {
        String password = simulator.settings(TicketSystem.Kind.SERVICENOW).get("live-response.deliver.ticket.password");
        String basic = Base64.getEncoder().encodeToString(("live-response@example.com:" + password).getBytes(StandardCharsets.UTF_8));
        simulator.faults().on(EndpointKind.TICKET_LOOKUP).always(Fault.answer(400, Map.of(),
                "{\"error\":{\"message\":\"bad " + basic + "\u0007\",\"detail\":\"https://x.example/?sig=abcdef\"}}"));

        String said = failure(deliver(result(KEY, Outcome.FAILED, "x"))).getMessage();

        assertThat(said).contains("bad ***").doesNotContain(basic).doesNotContain("abcdef").doesNotContain("\u0007");
    }

    @Test
    void aPageThatIsNoAnswerOpensNothing() throws Exception {
        simulator.faults().on(EndpointKind.TICKET_LOOKUP).always(Fault.answer(200, Map.of(), "<html>Your instance is hibernating</html>"));

        assertThat(failure(deliver(result(KEY, Outcome.FAILED, "x")))).hasMessageContaining("is not JSON");
        assertThat(tickets()).isEmpty();
    }

    @Test
    void nothingOfAnAnswerIsLeftOnAFailedExchange() throws Exception {
        simulator.faults().on(EndpointKind.TICKET_LOOKUP).always(Fault.answer(200, Map.of(), "<html>you sent Basic abc</html>"));

        Exchange exchange = deliver(result(KEY, Outcome.FAILED, "x"));

        assertThat(exchange.getMessage().getBody()).isInstanceOf(Result.class);
        assertThat(exchange.getMessage().getHeaders().toString() + exchange.getVariables()).doesNotContain("Basic");
    }

    @Test
    void aRecordOfAnotherKeyIsNeverTakenForOurs() throws Exception {
        simulator.faults().on(EndpointKind.TICKET_LOOKUP).always(Fault.answer(200, Map.of(),
                "{\"result\":[{\"sys_id\":\"1\",\"number\":\"INC1\",\"correlation_id\":\"other\"}]}"));

        assertThat(failure(deliver(result(KEY, Outcome.FAILED, "x")))).hasMessageContaining("not asked for");
        assertThat(calls()).containsExactly(0L, 1L, 0L, 0L, 0L);
    }

    @Test
    void aKeyTooLongForTheTicketSystemsFieldStillFindsItsTicket() throws Exception {
        ResultKey key = new ResultKey("c".repeat(63), ACTION, 9999);

        deliver(result(key, Outcome.FAILED, "x"));
        deliver(result(key, Outcome.FAILED, "x"));

        assertThat(tickets()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void noTextOfAResultIsMoreThanText(String text) throws Exception {
        Exchange exchange = deliver(result(KEY, Outcome.FAILED, text, text, text));

        assertThat(exchange.getException()).isNull();
        assertThat(tickets()).hasSize(1);
        JsonNode ticket = tickets().get(0).body();
        assertThat(ticket.path("correlation_id").asText()).isEqualTo(KEY.toString());
        assertThat(ticket.path("short_description").asText()).doesNotContain("\n").startsWith("Live response failed: ");
        assertThat(ticket.path("description").asText()).doesNotContain("[code]").doesNotContain(System.getenv("PATH"));
        assertThat(simulator.journal().calls()).allSatisfy(call -> assertThat(call.target()).startsWith("/api/now/table/incident?")
                .doesNotContain("%5E"));
        assertNothingUnexpected();
    }
}
