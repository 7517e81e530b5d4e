package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A ticket system whose search does not yet find what was just created. */
@Tag("integration")
class TicketSearchLagTest extends TicketTestSupport {

    @Override
    TicketSystem.Kind ticketSystemKind() {
        return TicketSystem.Kind.JIRA;
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.put("live-response.deliver.ticket.settle-time", "1500");
        settings.put("live-response.http.response-timeout", "2000");
        return settings;
    }

    @Test
    void lostAnswersOpenNoSecondIssue() throws Exception {
        simulator.jira().searchLagsBehind(Duration.ofMillis(1000));
        deliverFiftyWithLostAnswers();
        assertThat(simulator.jira().duplicates()).isZero();
    }

    @Test
    void whereTheLedgerWaitsItIsToldHowLong() throws Exception {
        simulator.faults().on(EndpointKind.TICKET).once(Fault.commitAndClose());

        Exchange exchange = template.request("direct:live-response-to-ticket", sent -> {
            sent.setVariable("liveResponseLease", "lease");
            sent.getMessage().setBody(result(KEY, Outcome.FAILED, "x"));
        });

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(failure(exchange).getRetryAfter()).contains(Duration.ofMillis(1500));
        assertThat(simulator.journal().count(EndpointKind.TICKET_LOOKUP)).isEqualTo(1);
    }
}
