package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliverResultTest extends DeliverySupport {

    @BeforeEach
    void withMail() {
        simulatorWith(SimulatorOptions::withMail);
        set("live-response.retry.attempts", "2");
    }

    private Exchange deliverTo(String sinks) throws Exception {
        var result = failed();
        return template.request("direct:live-response-deliver", exchange -> {
            exchange.setVariable("liveResponseSinks", sinks);
            exchange.getMessage().setBody(result);
        });
    }

    @Test
    void eachSinkThatIsNamedGetsTheResultOnce() throws Exception {
        start();

        Exchange exchange = deliverTo("file, ticket ,email");

        assertThat(exchange.getException()).isNull();
        assertThat(filesIn(results().resolve("contoso"))).hasSize(3);
        assertThat(simulator.ticketSystem().tickets()).hasSize(1);
        assertThat(simulator.mails()).hasSize(1);
        assertThat(exchange.getMessage().getBody()).isEqualTo(failed());
    }

    @Test
    void noSinkMeansNoDelivery() throws Exception {
        start();

        assertThat(deliverTo("").getException()).isNull();
        assertThat(filesIn(results())).isEmpty();
        assertThat(simulator.journal().calls()).isEmpty();
        assertThat(simulator.mails()).isEmpty();
    }

    @Test
    void oneSinkThatFailsDoesNotKeepTheOthersFromTheirs() throws Exception {
        start();
        simulator.faults().on(EndpointKind.TICKET).always(Fault.status(400));

        LiveResponseException failure = failure(deliverTo("ticket,file,email"));

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

        LiveResponseException failure = failure(deliverTo("ticket,email,file"));

        assertThat(failure.getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(failure).hasMessageContainingAll("sink ticket", "sink email");
        assertThat(filesIn(results().resolve("contoso"))).hasSize(3);
    }

    @Test
    void aSinkThatHasTheResultIsLeftOutAndEachDeliveryIsWrittenDown() throws Exception {
        List<String> written = new ArrayList<>();
        beans.put("liveResponseDeliveries", new Deliveries() {
            @Override
            public boolean isMissing(ResultKey key, String sink) {
                return Set.of("file", "ticket").contains(sink);
            }

            @Override
            public void delivered(ResultKey key, String sink, String reference) {
                written.add(key + " " + sink + " " + (reference != null));
            }
        });
        start();

        assertThat(deliverTo("email,file,ticket").getException()).isNull();
        assertThat(simulator.mails()).isEmpty();
        assertThat(written).containsExactly(KEY + " file true", KEY + " ticket true");
    }

    @Test
    void aSinkThatIsOutOfOrderShowsInReadinessAsDegradedUntilItTakesAResult() throws Exception {
        start();
        assertThat(readiness()).isEmpty();

        simulator.faults().on(EndpointKind.TICKET).next(2, Fault.status(503));
        failure(deliverTo("ticket,email,file"));
        assertThat(readiness()).hasValueSatisfying(said ->
                assertThat(said).startsWith("degraded: ticket: DELIVERY_UNAVAILABLE sink ticket answers 503").doesNotContain("email", "file:"));

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
