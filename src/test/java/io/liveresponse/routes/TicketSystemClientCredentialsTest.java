package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** ServiceNow with OAuth client credentials. */
class TicketSystemClientCredentialsTest extends TicketTestSupport {

    @Override
    TicketSystem.Kind ticketSystemKind() {
        return TicketSystem.Kind.SERVICENOW;
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.put("live-response.deliver.ticket.client-id", settings.remove("live-response.deliver.ticket.user"));
        settings.put("live-response.deliver.ticket.client-secret", settings.remove("live-response.deliver.ticket.password"));
        return settings;
    }

    @Test
    void oneTokenServesAllThreads() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(8);
        try {
            for (var delivered : workers
                    .invokeAll(IntStream.range(0, 20)
                            .<Callable<Exchange>>mapToObj(
                                    index -> () -> deliver(result(new ResultKey("contoso", ACTION, index), Outcome.FAILED, "x")))
                            .toList())) {
                assertThat(delivered.get().getException()).isNull();
            }
        } finally {
            workers.shutdown();
        }
        assertThat(tickets()).hasSize(20);
        assertThat(simulator.journal().count(EndpointKind.TICKET_TOKEN)).isEqualTo(1);
    }

    @Test
    void aRevokedTokenIsReplacedOnce() throws Exception {
        deliver(result(KEY, Outcome.FAILED, "x"));
        simulator.serviceNow().revokeTokens();

        assertThat(deliver(result(new ResultKey("contoso", ACTION, 2), Outcome.FAILED, "x")).getException()).isNull();

        assertThat(tickets()).hasSize(2);
        assertThat(simulator.journal().count(EndpointKind.TICKET_TOKEN)).isEqualTo(2);
    }

    @Test
    void aTicketSystemThatRefusesFreshTokensTooIsAskedTwiceAndNoMore() throws Exception {
        simulator.faults().on(EndpointKind.TICKET_LOOKUP).always(Fault.status(401));

        Exchange exchange = deliver(result(KEY, Outcome.FAILED, "x"));

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(failure(exchange)).hasMessageContaining(".client-id");
        assertThat(simulator.journal().count(EndpointKind.TICKET_LOOKUP)).isEqualTo(2);
        assertThat(simulator.journal().count(EndpointKind.TICKET_TOKEN)).isEqualTo(2);
    }

    @Test
    void refusedCredentialsNameTheirSettingsAndNothingElse() throws Exception {
        simulator.faults().on(EndpointKind.TICKET_TOKEN).always(Fault.answer(401, Map.of(), "{\"access_token\":\"leaked\"}"));

        Exchange exchange = deliver(result(KEY, Outcome.FAILED, "x"));

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(failure(exchange)).hasMessageContainingAll("401", "client-id", "client-secret").hasMessageNotContaining("leaked");
        assertThat(simulator.journal().count(EndpointKind.TICKET_LOOKUP)).isZero();
    }

    @Test
    void aTokenServiceThatIsDownIsAskedAgain() throws Exception {
        simulator.faults().on(EndpointKind.TICKET_TOKEN).once(Fault.status(503));

        assertThat(deliver(result(KEY, Outcome.FAILED, "x")).getException()).isNull();

        assertThat(simulator.journal().count(EndpointKind.TICKET_TOKEN)).isEqualTo(2);
    }
}
