package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.simulator.ticket.TicketSystem;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ServiceNow, which would open a second ticket without a word. {@link TicketSearchLagTest} does the same to Jira. */
@Tag("integration")
class TicketLostAnswersTest extends TicketTestSupport {

    @Override
    TicketSystem.Kind ticketSystemKind() {
        return TicketSystem.Kind.SERVICENOW;
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.put("live-response.deliver.ticket.settle-time", "1000");
        settings.put("live-response.http.response-timeout", "2000");
        return settings;
    }

    @Test
    void openNoSecondTicket() throws Exception {
        deliverFiftyWithLostAnswers();
        assertThat(simulator.serviceNow().duplicates()).isZero();
    }
}
