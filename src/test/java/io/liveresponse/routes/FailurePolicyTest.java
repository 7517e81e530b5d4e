package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private static final Map<FailureCode, String> VERDICTS = new EnumMap<>(FailureCode.class);

    static {
        verdict("not-yet", FailureCode.LINK_NOT_FOUND, FailureCode.LINK_NOT_READY, FailureCode.ACTION_NOT_FOUND);
        verdict("postpone", FailureCode.LINK_QUOTA_EXCEEDED, FailureCode.ACTION_QUOTA_EXCEEDED, FailureCode.RUN_QUOTA_EXCEEDED,
                FailureCode.RUN_DEVICE_BUSY, FailureCode.DELIVERY_IN_DOUBT, FailureCode.LEDGER_LEASE_LOST, FailureCode.RUN_TOKEN_EXPIRED,
                FailureCode.RUN_NOT_SENT);
        verdict("pause-peer", FailureCode.TOKEN_UNAVAILABLE, FailureCode.ACTION_SERVER_ERROR, FailureCode.ACTION_UNREACHABLE,
                FailureCode.LINK_SERVER_ERROR, FailureCode.LINK_UNREACHABLE, FailureCode.BLOB_SERVER_ERROR, FailureCode.BLOB_UNREACHABLE,
                FailureCode.BLOB_NOT_STORED, FailureCode.DELIVERY_UNAVAILABLE, FailureCode.DELIVERY_NOT_STORED,
                FailureCode.LEDGER_UNAVAILABLE);
        verdict("retry", FailureCode.LINK_TOKEN_EXPIRED, FailureCode.ACTION_TOKEN_EXPIRED, FailureCode.BLOB_LINK_EXPIRED,
                FailureCode.LINK_ANSWER_UNREADABLE, FailureCode.ACTION_ANSWER_UNREADABLE, FailureCode.BLOB_CUT_SHORT,
                FailureCode.BLOB_NO_ROOM);
        verdict("pause-tenant", FailureCode.TOKEN_REFUSED, FailureCode.LINK_UNAUTHORIZED, FailureCode.LINK_FORBIDDEN,
                FailureCode.ACTION_UNAUTHORIZED, FailureCode.ACTION_FORBIDDEN, FailureCode.RUN_UNAUTHORIZED);
        verdict("dead", FailureCode.REQUEST_INVALID, FailureCode.REQUEST_TOO_LARGE, FailureCode.REQUEST_TENANT_UNKNOWN,
                FailureCode.REQUEST_KEEPS_FAILING, FailureCode.LINK_BAD_REQUEST,
                FailureCode.ACTION_BAD_REQUEST, FailureCode.ACTION_NEVER_ENDED, FailureCode.ACTION_NO_LIVE_RESPONSE,
                FailureCode.BLOB_HOST_REFUSED,
                FailureCode.BLOB_TOO_LARGE, FailureCode.DELIVERY_REFUSED, FailureCode.UNEXPECTED, FailureCode.RUN_DEVICE_RESTRICTED,
                FailureCode.RUN_DEVICE_UNSUPPORTED, FailureCode.RUN_BAD_REQUEST, FailureCode.RUN_FORBIDDEN, FailureCode.RUN_NOT_FOUND);
        verdict("look-up", FailureCode.RUN_SERVER_ERROR, FailureCode.RUN_UNREACHABLE, FailureCode.RUN_ANSWER_UNREADABLE);
    }

    private static void verdict(String verdict, FailureCode... codes) {
        List.of(codes).forEach(code -> VERDICTS.put(code, verdict));
    }

    @Test
    void eachCodeHasItsVerdictAndItsNumberOfAttempts() throws Exception {
        set("live-response.retry.attempts", "5");
        start();
        AtomicInteger attempts = new AtomicInteger();
        AtomicReference<FailureCode> code = new AtomicReference<>();
        AdviceWith.adviceWith(context, "fetch-result",
                advice -> advice.weaveByToUri("direct:live-response-fetch-attempt").replace().process(exchange -> {
                    attempts.incrementAndGet();
                    exchange.setVariable("liveResponseLinksAsked", attempts.get());
                    throw new LiveResponseException(code.get(), "as the test wants");
                }));
        for (FailureCode each : FailureCode.values()) {
            attempts.set(0);
            code.set(each);
            Exchange exchange = fetch(KEY);
            assertThat(failure(exchange).getCode()).isEqualTo(each);
            assertThat(exchange.getVariable("liveResponseVerdict")).as(each.name()).isEqualTo(VERDICTS.get(each));
            assertThat(attempts).as(each.name()).hasValue(switch (each) {
                case LINK_TOKEN_EXPIRED, ACTION_TOKEN_EXPIRED -> 3;
                case BLOB_LINK_EXPIRED -> 4;
                case RUN_QUOTA_EXCEEDED, RUN_DEVICE_BUSY, RUN_TOKEN_EXPIRED, RUN_NOT_SENT -> 1;
                default -> Set.of("dead", "pause-tenant", "look-up").contains(VERDICTS.get(each)) ? 1 : 5;
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

        assertThat(waits.all()).singleElement()
                .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(seconds * 1100 + 2)));
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

        Exchange exchange = template.request("direct:live-response-fetch-result", request -> {
            request.setVariable("liveResponseLease", "held");
            request.getMessage().setBody(request(KEY));
        });

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.LINK_SERVER_ERROR);
        assertThat(exchange.getVariable("liveResponseVerdict")).isEqualTo("pause-peer");
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(1);
        assertThat(waits.all()).isEmpty();
    }
}
