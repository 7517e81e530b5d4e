package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.FailureCode;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** {@code deliver-ticket} and, behind it, {@code deliver-webhook}. */
class DeliverTicketTest extends DeliverySupport {

    private long calls() {
        return simulator.journal().count(EndpointKind.TICKET);
    }

    @Test
    void oneTicketWithTokenKeyAndTheResultsJson() throws Exception {
        start();

        Exchange exchange = deliver("ticket", failed(),
                Map.of("Idempotency-Key", "evil", "CamelHttpUri", "https://evil.example", "X-Evil", "1"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getVariable("liveResponseReference")).isNotNull();
        assertThat(simulator.ticketSystem().tickets()).singleElement().satisfies(ticket -> {
            assertThat(ticket.idempotencyKey()).isEqualTo(KEY.toString());
            assertThat(ticket.body().path("outcome").asText()).isEqualTo("failed");
            assertThat(ticket.body().path("exitCode").asInt()).isEqualTo(3);
        });
        Call call = simulator.journal().calls(EndpointKind.TICKET).get(0);
        assertThat(call.header("Authorization")).singleElement().asString().startsWith("Bearer ticket-");
        assertThat(call.header("X-Evil")).isEmpty();
        assertThat(everythingOn(exchange)).doesNotContain("Bearer ticket-");
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void aTicketDeliveredTwiceIsKnownAsOne() throws Exception {
        start();
        deliver("ticket", failed(), Map.of());
        deliver("ticket", failed(), Map.of());

        assertThat(simulator.ticketSystem().tickets()).hasSize(1);
        assertThat(simulator.ticketSystem().duplicates()).isEqualTo(1);
    }

    @Test
    void aTicketWhoseAnswerIsLostIsNotOpenedTwice() throws Exception {
        start();
        simulator.faults().on(EndpointKind.TICKET).once(Fault.commitAndClose());

        assertThat(deliver("ticket", failed(), Map.of()).getException()).isNull();
        assertThat(calls()).isEqualTo(2);
        assertThat(simulator.ticketSystem().tickets()).hasSize(1);
    }

    @Test
    void aRefusalIsFinalAndInTheTicketSystemsOwnWords() throws Exception {
        start();
        simulator.faults().on(EndpointKind.TICKET).always(Fault.answer(422, Map.of(), "field exitCode is\u0000 not known"));

        Exchange exchange = deliver("ticket", failed(), Map.of());

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(failure(exchange)).hasMessageContainingAll("422", "field exitCode is", "ticket");
        assertThat(calls()).isEqualTo(1);
        assertThat(everythingOn(exchange)).doesNotContain("Bearer ticket-");
    }

    @Test
    void faultsThatPassAreTriedAgain() throws Exception {
        start();
        simulator.faults().on(EndpointKind.TICKET).once(Fault.status(503));
        simulator.faults().on(EndpointKind.TICKET).once(Fault.reset());

        assertThat(deliver("ticket", failed(), Map.of()).getException()).isNull();
        assertThat(calls()).isEqualTo(3);
        assertThat(simulator.ticketSystem().tickets()).hasSize(1);
    }

    @Test
    void aBusyTicketSystemIsLeftAloneAsLongAsItAsks() throws Exception {
        start();
        simulator.faults().on(EndpointKind.TICKET).once(Fault.tooManyRequests("77"));

        assertThat(deliver("ticket", failed(), Map.of()).getException()).isNull();
        assertThat(calls()).isEqualTo(2);
        assertThat(waits.all()).singleElement()
                .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(77), Duration.ofSeconds(85)));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        start();
        simulator.faults().on(EndpointKind.TICKET).always(Fault.redirect("https://localhost/elsewhere"));

        assertThat(failure(deliver("ticket", failed(), Map.of())).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void withoutATicketSystemNothingIsCalled() throws Exception {
        set("live-response.deliver.ticket.kind", "none");
        start();

        Exchange exchange = deliver("ticket", failed(), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getVariable("liveResponseReference")).isNull();
        assertThat(simulator.journal().calls()).isEmpty();
    }
}
