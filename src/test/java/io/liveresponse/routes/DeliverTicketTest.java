package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.FailureCode;
import io.liveresponse.simulator.Call;
import io.liveresponse.simulator.EndpointKind;
import io.liveresponse.simulator.Fault;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** {@code deliver-ticket} and, behind it, {@code deliver-webhook}. */
class DeliverTicketTest extends DeliverySupport {

    private long calls() {
        return simulator.journal().count(EndpointKind.DESK);
    }

    @Test
    void oneTicketWithTokenKeyAndTheResultsJson() throws Exception {
        start();

        Exchange exchange = deliver("ticket", failed(), Map.of("Idempotency-Key", "evil", "CamelHttpUri", "https://evil.example", "X-Evil", "1"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getVariable("liveResponseReference")).isNotNull();
        assertThat(simulator.desk().tickets()).singleElement().satisfies(ticket -> {
            assertThat(ticket.idempotencyKey()).isEqualTo(KEY.toString());
            assertThat(ticket.body().path("outcome").asText()).isEqualTo("failed");
            assertThat(ticket.body().path("exitCode").asInt()).isEqualTo(3);
        });
        Call call = simulator.journal().calls(EndpointKind.DESK).get(0);
        assertThat(call.header("Authorization")).singleElement().asString().startsWith("Bearer desk-");
        assertThat(call.header("X-Evil")).isEmpty();
        assertThat(everythingOn(exchange)).doesNotContain("Bearer desk-");
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void aTicketDeliveredTwiceIsKnownAsOne() throws Exception {
        start();
        deliver("ticket", failed(), Map.of());
        deliver("ticket", failed(), Map.of());

        assertThat(simulator.desk().tickets()).hasSize(1);
        assertThat(simulator.desk().duplicates()).isEqualTo(1);
    }

    @Test
    void aTicketWhoseAnswerIsLostIsNotOpenedTwice() throws Exception {
        start();
        simulator.faults().on(EndpointKind.DESK).once(Fault.commitAndClose());

        assertThat(deliver("ticket", failed(), Map.of()).getException()).isNull();
        assertThat(calls()).isEqualTo(2);
        assertThat(simulator.desk().tickets()).hasSize(1);
    }

    @Test
    void aRefusalIsFinalAndInTheDesksOwnWords() throws Exception {
        start();
        simulator.faults().on(EndpointKind.DESK).always(Fault.answer(422, Map.of(), "field exitCode is\u0000 not known"));

        Exchange exchange = deliver("ticket", failed(), Map.of());

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(failure(exchange)).hasMessageContainingAll("422", "field exitCode is", "ticket");
        assertThat(calls()).isEqualTo(1);
        assertThat(everythingOn(exchange)).doesNotContain("Bearer desk-");
    }

    @Test
    void faultsThatPassAreTriedAgain() throws Exception {
        start();
        simulator.faults().on(EndpointKind.DESK).once(Fault.status(503));
        simulator.faults().on(EndpointKind.DESK).once(Fault.reset());

        assertThat(deliver("ticket", failed(), Map.of()).getException()).isNull();
        assertThat(calls()).isEqualTo(3);
        assertThat(simulator.desk().tickets()).hasSize(1);
    }

    @Test
    void aBusyDeskIsLeftAloneAsLongAsItAsks() throws Exception {
        start();
        simulator.faults().on(EndpointKind.DESK).once(Fault.tooManyRequests("77"));

        assertThat(deliver("ticket", failed(), Map.of()).getException()).isNull();
        assertThat(calls()).isEqualTo(2);
        assertThat(waits.all()).singleElement().satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(77), Duration.ofSeconds(85)));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        start();
        simulator.faults().on(EndpointKind.DESK).always(Fault.redirect("https://localhost/elsewhere"));

        assertThat(failure(deliver("ticket", failed(), Map.of())).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void withoutADeskNothingIsCalled() throws Exception {
        set("live-response.deliver.ticket.kind", "none");
        start();

        Exchange exchange = deliver("ticket", failed(), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getVariable("liveResponseReference")).isNull();
        assertThat(simulator.journal().calls()).isEmpty();
    }
}
