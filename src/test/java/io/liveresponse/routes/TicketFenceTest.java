package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.deliver.ticket.TicketFence;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Between the lookup and the creation of a ticket a run may be suspended, and another may take its place. */
class TicketFenceTest extends DeliverySupport {

    private final Attempts attempts = new Attempts();

    /** Lets the envelope's attempt begin, and the one before the creation as the test says. */
    private static final class Attempts implements Deliveries {

        private final List<String> calls = new ArrayList<>();
        private LiveResponseException atCreation;

        @Override
        public boolean begin(ResultKey key, String sink, Object lease) throws LiveResponseException {
            calls.add("begin");
            if (calls.size() > 1 && atCreation != null) {
                throw atCreation;
            }
            return true;
        }

        @Override
        public void delivered(ResultKey key, String sink, String reference) {
            calls.add("delivered");
        }

        @Override
        public void notSent(ResultKey key, String sink) {
            calls.add("notSent");
        }

        @Override
        public Optional<String> reference(ResultKey key, String sink) {
            return Optional.empty();
        }
    }

    @BeforeEach
    void noteAttempts() {
        beans.put("liveResponseDeliveries", attempts);
        set("live-response.retry.attempts", "1");
    }

    private Exchange deliverTo(TicketSystem.Kind system) throws Exception {
        startSimulator();
        simulator.settings(system).forEach(this::set);
        start();
        return deliver("ticket", failed(), Map.of());
    }

    @ParameterizedTest
    @EnumSource(value = TicketSystem.Kind.class, names = {"SERVICENOW", "JIRA"})
    void a_run_that_lost_its_lease_after_the_lookup_opens_no_ticket(TicketSystem.Kind system) throws Exception {
        attempts.atCreation = new LiveResponseException(FailureCode.LEDGER_LEASE_LOST, "another run works on it by now");

        assertThat(failure(deliverTo(system)).getCode()).isEqualTo(FailureCode.LEDGER_LEASE_LOST);

        assertThat(simulator.journal().count(EndpointKind.TICKET_LOOKUP)).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.TICKET)).isZero();
        assertThat(attempts.calls).containsExactly("begin", "begin");
    }

    @ParameterizedTest
    @EnumSource(value = TicketSystem.Kind.class, names = {"SERVICENOW", "JIRA"})
    void a_creation_that_leaves_more_than_a_second_after_its_fence_is_not_sent_and_not_in_doubt(TicketSystem.Kind system) throws Exception {
        beans.put("liveResponseTicketFence", new TicketFence(attempts, () -> System.nanoTime() - Duration.ofMillis(1_001).toNanos()));

        assertThat(failure(deliverTo(system)).getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);

        assertThat(simulator.journal().count(EndpointKind.TICKET)).isZero();
        assertThat(attempts.calls).containsExactly("begin", "begin", "notSent");
    }

    @ParameterizedTest
    @EnumSource(value = TicketSystem.Kind.class, names = {"SERVICENOW", "JIRA"})
    void a_run_that_holds_its_lease_opens_one_and_tells_the_ticket_system_nothing_of_the_fence(TicketSystem.Kind system) throws Exception {
        assertThat(deliverTo(system).getException()).isNull();

        assertThat(simulator.ticketSystem(system).tickets()).hasSize(1);
        assertThat(simulator.journal().calls(EndpointKind.TICKET)).singleElement()
                .satisfies(call -> assertThat(call.header("Live-Response-Permit")).isEmpty());
    }
}
