package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sink}, the envelope of all sinks, and what several of them make of one result. */
class SinkEnvelopeTest extends DeliverySupport {

    @BeforeEach
    void withMail() {
        simulatorWith(SimulatorOptions::withMail);
        set("live-response.retry.attempts", "2");
    }

    private Exchange deliverTo(String... sinks) throws Exception {
        Result result = failed();
        if (context.getRoute("to-all") == null) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:to-all").routeId("to-all").errorHandler(noErrorHandler())
                            .recipientList(variable("sinks")).aggregationStrategy("liveResponseSinkFailures");
                }
            });
        }
        return template.request("direct:to-all", exchange -> {
            exchange.setVariable("sinks", Stream.of(sinks).map(sink -> "direct:live-response-to-" + sink).toList());
            exchange.getMessage().setBody(result);
        });
    }

    @Test
    void eachSinkThatIsNamedGetsTheResultOnce() throws Exception {
        start();

        Exchange exchange = deliverTo("file", "ticket", "email");

        assertThat(exchange.getException()).isNull();
        assertThat(filesIn(results().resolve("contoso"))).hasSize(3);
        assertThat(simulator.ticketSystem().tickets()).hasSize(1);
        assertThat(simulator.mails()).hasSize(1);
        assertThat(exchange.getMessage().getBody()).isEqualTo(failed());
    }

    @Test
    void oneSinkThatFailsDoesNotKeepTheOthersFromTheirs() throws Exception {
        start();
        simulator.faults().on(EndpointKind.TICKET).always(Fault.status(400));

        LiveResponseException failure = failure(deliverTo("ticket", "file", "email"));

        assertThat(failure.getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(failure).hasMessageContaining("sink ticket answers 400");
        assertThat(filesIn(results().resolve("contoso"))).hasSize(3);
        assertThat(simulator.mails()).hasSize(1);
        assertThat(simulator.journal().count(EndpointKind.TICKET)).isEqualTo(1);
    }

    @Test
    void ofTwoFailuresTheOneThatMayPassDecidesAndBothAreNamed() throws Exception {
        set("live-response.deliver.email.security", "starttls");
        start();
        simulator.faults().on(EndpointKind.TICKET).always(Fault.status(400));

        LiveResponseException failure = failure(deliverTo("ticket", "email", "file"));

        assertThat(failure.getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(failure).hasMessageContainingAll("sink ticket", "sink email");
        assertThat(filesIn(results().resolve("contoso"))).hasSize(3);
    }

    /** Notes each call of the port, in order, and throws what it is told. */
    private static final class NotedDeliveries implements Deliveries {

        private final List<String> calls = new ArrayList<>();
        private final Set<String> missing;
        private LiveResponseException notNow;

        private NotedDeliveries(String... missing) {
            this.missing = Set.of(missing);
        }

        @Override
        public boolean begin(ResultKey key, String sink, Object lease) throws LiveResponseException {
            calls.add("begin " + sink);
            if (notNow != null && sink.equals("ticket")) {
                throw notNow;
            }
            return missing.contains(sink);
        }

        @Override
        public void delivered(ResultKey key, String sink, String reference) {
            if (reference != null) {
                calls.add("delivered " + key + " " + sink);
            }
        }

        @Override
        public void notSent(ResultKey key, String sink) {
            calls.add("notSent " + sink);
        }

        @Override
        public Optional<String> reference(ResultKey key, String sink) {
            return Optional.empty();
        }
    }

    private NotedDeliveries noteAttempts(String... missing) {
        NotedDeliveries noted = new NotedDeliveries(missing);
        beans.put("liveResponseDeliveries", noted);
        return noted;
    }

    @Test
    void a_sink_that_has_the_result_is_skipped_and_each_attempt_is_recorded_before_and_after() throws Exception {
        List<String> calls = noteAttempts("file", "ticket").calls;
        start();

        assertThat(deliverTo("email", "file", "ticket").getException()).isNull();

        assertThat(simulator.mails()).isEmpty();
        assertThat(calls).containsExactly("begin email", "begin file", "delivered " + KEY + " file",
                "begin ticket", "delivered " + KEY + " ticket");
    }

    @Test
    void an_attempt_at_a_sink_that_refuses_the_result_ends_and_one_without_an_answer_stays_in_doubt() throws Exception {
        List<String> calls = noteAttempts("ticket").calls;
        set("live-response.retry.attempts", "1");
        start();
        simulator.faults().on(EndpointKind.TICKET).once(Fault.status(400));
        simulator.faults().on(EndpointKind.TICKET).once(Fault.commitAndClose());

        failure(deliverTo("ticket"));
        assertThat(calls).containsExactly("begin ticket", "notSent ticket");
        calls.clear();
        failure(deliverTo("ticket"));
        assertThat(calls).containsExactly("begin ticket");
    }

    @Test
    void a_sink_that_is_not_set_up_begins_no_attempt() throws Exception {
        List<String> calls = noteAttempts("ticket").calls;
        set("live-response.deliver.ticket.kind", "none");
        start();

        assertThat(deliverTo("ticket").getException()).isNull();

        assertThat(calls).isEmpty();
    }

    @Test
    void a_ledger_that_makes_the_attempt_wait_keeps_no_other_sink_from_its_own() throws Exception {
        noteAttempts("ticket", "file").notNow = new LiveResponseException(FailureCode.LEDGER_UNAVAILABLE, "in doubt", null,
                Duration.ofSeconds(40));
        set("live-response.retry.attempts", "1");
        start();

        LiveResponseException failure = failure(deliverTo("ticket", "file"));

        assertThat(failure.getCode()).isEqualTo(FailureCode.LEDGER_UNAVAILABLE);
        assertThat(failure.getRetryAfter()).contains(Duration.ofSeconds(40));
        assertThat(filesIn(results().resolve("contoso"))).hasSize(3);
        assertThat(simulator.ticketSystem().tickets()).isEmpty();
    }

    @Test
    void aSinkThatIsOutOfOrderShowsInReadinessAsDegradedUntilItTakesAResult() throws Exception {
        start();
        assertThat(readiness()).isEmpty();

        simulator.faults().on(EndpointKind.TICKET).next(2, Fault.status(503));
        failure(deliverTo("ticket", "email", "file"));
        assertThat(readiness()).hasValueSatisfying(said -> assertThat(said)
                .startsWith("degraded: ticket: DELIVERY_UNAVAILABLE sink ticket answers 503").doesNotContain("email", "file:"));

        assertThat(deliverTo("email").getException()).isNull();
        assertThat(readiness()).isPresent();
        assertThat(deliverTo("ticket").getException()).isNull();
        assertThat(readiness()).isEmpty();
    }

    @Test
    void aResultThatASinkRefusesSaysNothingOfTheSink() throws Exception {
        start();
        simulator.faults().on(EndpointKind.TICKET).always(Fault.status(400));

        failure(deliverTo("ticket"));

        assertThat(readiness()).isEmpty();
    }

    /** What the check of the sinks says; it is up whatever it says. */
    private Optional<String> readiness() {
        return HealthCheckRegistry.get(context).getCheck("live-response-sinks").map(check -> {
            HealthCheck.Result result = check.call();
            assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
            return result.getMessage().orElse(null);
        });
    }
}
