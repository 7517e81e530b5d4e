package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The retry table. The waits are Camel's own, asked for but not waited for. */
class FailurePolicyTest extends RoutesTestSupport {

    private static final Set<FailureCode> MAY_PASS = EnumSet.of(FailureCode.TOKEN_UNAVAILABLE, FailureCode.LINK_QUOTA_EXCEEDED,
            FailureCode.LINK_NOT_FOUND, FailureCode.LINK_NOT_READY, FailureCode.LINK_SERVER_ERROR, FailureCode.LINK_UNREACHABLE,
            FailureCode.LINK_ANSWER_UNREADABLE, FailureCode.BLOB_SERVER_ERROR, FailureCode.BLOB_UNREACHABLE, FailureCode.BLOB_CUT_SHORT,
            FailureCode.BLOB_NOT_STORED, FailureCode.DELIVERY_UNAVAILABLE, FailureCode.DELIVERY_NOT_STORED, FailureCode.LEDGER_UNAVAILABLE,
            FailureCode.ACTION_QUOTA_EXCEEDED, FailureCode.ACTION_NOT_FOUND, FailureCode.ACTION_SERVER_ERROR, FailureCode.ACTION_UNREACHABLE,
            FailureCode.ACTION_ANSWER_UNREADABLE);

    @Test
    void eachCodeHasItsNumberOfAttempts() throws Exception {
        set("live-response.retry.attempts", "5");
        start();
        AtomicInteger attempts = new AtomicInteger();
        AtomicReference<FailureCode> code = new AtomicReference<>();
        AdviceWith.adviceWith(context, "fetch-result", advice -> advice.weaveByToUri("direct:live-response-hops").replace().process(exchange -> {
            attempts.incrementAndGet();
            exchange.setVariable("liveResponseLinksAsked", attempts.get());
            throw new LiveResponseException(code.get(), "as the test wants");
        }));
        for (FailureCode each : FailureCode.values()) {
            attempts.set(0);
            code.set(each);
            assertThat(failure(fetch(KEY)).getCode()).isEqualTo(each);
            assertThat(attempts).as(each.name()).hasValue(switch (each) {
                case LINK_TOKEN_EXPIRED, ACTION_TOKEN_EXPIRED -> 3;
                case BLOB_LINK_EXPIRED -> 4;
                default -> MAY_PASS.contains(each) ? 5 : 1;
            });
        }
    }

    @Test
    void theWaitDoublesUpToItsLimitWithJitter() throws Exception {
        set("live-response.retry.delay", "2000");
        set("live-response.retry.max-delay", "20000");
        set("live-response.retry.attempts", "8");
        start();
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(500));

        assertThat(failure(fetch(KEY)).getCode()).isEqualTo(FailureCode.LINK_SERVER_ERROR);

        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(8);
        List<Duration> asked = waits.all();
        assertThat(asked).hasSize(7);
        double before = 1_000;
        for (Duration wait : asked) {
            // Camel doubles what it waited last, and lays the jitter of three tenths upon it.
            double doubled = Math.min(2 * before, 20_000);
            assertThat((double) wait.toMillis()).isBetween(doubled * 0.7 - 1, doubled * 1.3 + 1);
            before = wait.toMillis();
        }
    }

    @Test
    void twoFailuresThatLastDoNotWaitAlike() throws Exception {
        set("live-response.retry.attempts", "6");
        start();
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(500));

        fetch(key(0));
        fetch(key(1));

        assertThat(waits.all()).hasSize(10);
        assertThat(waits.all().subList(0, 5)).isNotEqualTo(waits.all().subList(5, 10));
    }

    @ParameterizedTest
    @CsvSource({"LINK, 429, 120", "LINK, 503, 90", "BLOB, 503, 45", "BLOB, 429, 600"})
    void retryAfterIsHonouredAtBothHops(EndpointKind hop, int status, long seconds) throws Exception {
        start();
        simulator.faults().on(hop).once(Fault.status(status).withRetryAfter(String.valueOf(seconds)));

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);

        assertThat(waits.all()).singleElement().satisfies(wait ->
                assertThat(wait).isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(seconds * 1100 + 2)));
        assertThat(simulator.journal().count(hop)).isEqualTo(2);
    }

    @Test
    void afterALongRetryAfterTheLongestWaitHoldsAgain() throws Exception {
        set("live-response.retry.max-delay", "5000");
        start();
        simulator.faults().on(EndpointKind.LINK).once(Fault.status(503).withRetryAfter("900"));
        simulator.faults().on(EndpointKind.LINK).once(Fault.status(500));

        result(fetch(KEY));

        assertThat(waits.all()).hasSize(2);
        assertThat(waits.all().get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(900));
        assertThat(waits.all().get(1)).isLessThan(Duration.ofSeconds(7));
    }

    @Test
    void anActionThatHasNotEndedIsAskedAgain() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).next(3, Fault.status(404));

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(4);
    }

    @Test
    void whatWillNotPassIsAskedOnce() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(400));

        assertThat(failure(fetch(KEY)).getCode()).isEqualTo(FailureCode.LINK_BAD_REQUEST);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
        assertThat(waits.all()).isEmpty();
    }

    @Test
    void aRequestOfTheLedgerDoesNotWaitHere() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(503));

        Exchange exchange = template.request("direct:live-response-fetch", request -> {
            request.setVariable("liveResponseLease", "held");
            request.getMessage().setBody(request(KEY));
        });

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.LINK_SERVER_ERROR);
        assertThat(exchange.getVariable("liveResponseVerdict")).isEqualTo("retry");
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
        assertThat(waits.all()).isEmpty();
    }
}
