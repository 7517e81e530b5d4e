package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.fetch.ApiAdvice;
import io.liveresponse.fetch.http.ApiHttpClient;
import io.liveresponse.fetch.http.DownloadLink;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.http.Host;
import io.liveresponse.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code fetch-attempt} up to the checked link, without the failure policy; see {@link QuotaGatesTest} for its two throttles. */
class FetchLinkTest extends RoutesTestSupport {

    private Exchange askForLink(ResultKey key) {
        return template.request("direct:live-response-fetch-attempt", exchange -> {
            exchange.setVariable("liveResponseKey", key);
            exchange.setVariable("liveResponseStopsAtLink", true);
        });
    }

    /** What asks for a link alone ends in front of the store. */
    @Override
    void start() throws Exception {
        super.start();
        AdviceWith.adviceWith(context, "fetch-attempt", advice -> advice.weaveByToUri("direct:live-response-call-blob-store").before()
                .filter().simple("${variable.liveResponseStopsAtLink} == true").stop().end());
    }

    private long linkCalls() {
        return simulator.journal().count(EndpointKind.LINK);
    }

    private static DownloadLink link(Exchange exchange) {
        return exchange.getMessage().getBody(DownloadLink.class);
    }

    @Test
    void oneCallGivesTheCheckedLinkAndTheBearerIsGone() throws Exception {
        start();

        Exchange exchange = askForLink(KEY);

        assertThat(exchange.getException()).isNull();
        assertThat(link(exchange).reveal()).startsWith(simulator.blobUrl() + "/investigation-actions-data/").contains("&sig=");
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
        assertThat(everythingOn(exchange)).doesNotContain("Bearer", "sig=");
        assertThat(linkCalls()).isEqualTo(1);
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    static Stream<Arguments> reasons() {
        return Stream.of(400, 403).flatMap(status -> ApiAdvice.byReason().entrySet().stream()
                .map(reason -> Arguments.of(status, reason.getKey(), reason.getValue())));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void a_refusal_with_a_reason_ends_with_the_advice_for_it(int status, String reason, String advice) throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).always(Fault.error(status, reason, "No."));

        LiveResponseException failure = failure(askForLink(KEY));

        assertThat(failure.getMessage()).contains(reason).endsWith("; " + advice);
        assertThat(failure.getCode()).isEqualTo(status == 403 && reason.equals("DisabledFeature")
                ? FailureCode.LINK_FORBIDDEN
                : FailureCode.LINK_BAD_REQUEST);
    }

    @Test
    void a_pinned_version_is_in_the_path() throws Exception {
        set("live-response.tenant.contoso.api-version", "v1.0");
        start();

        assertThat(askForLink(KEY).getException()).isNull();

        assertThat(simulator.journal().calls(EndpointKind.LINK)).extracting(Call::target)
                .containsExactly("/api/v1.0/machineactions/" + ACTION + "/GetLiveResponseResultDownloadLink(index=0)");
    }

    @Test
    void theCallIsAGetWithTheBearerAndNothingOfTheCallers() throws Exception {
        start();

        template.request("direct:live-response-fetch-attempt", exchange -> {
            exchange.setVariable("liveResponseKey", KEY);
            exchange.setVariable("liveResponseStopsAtLink", true);
            exchange.getMessage().setBody("a body");
        });

        Call call = simulator.journal().calls(EndpointKind.LINK).get(0);
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.target()).isEqualTo("/api/machineactions/" + ACTION + "/GetLiveResponseResultDownloadLink(index=0)");
        assertThat(call.header("Authorization")).singleElement().asString().startsWith("Bearer ey");
        assertThat(call.header("Content-Length")).isEmpty();
        assertThat(call.header("Transfer-Encoding")).isEmpty();
    }

    @Test
    void theBearerIsSeenAtTheApiOnly() throws Exception {
        start();

        crowd(8, 24, i -> fetch(key(i)));

        assertThat(simulator.journal().calls()).filteredOn(Call::carriesBearer).hasSize(24)
                .allMatch(call -> call.host() == Host.API);
        assertThat(simulator.journal().bearerSeenAtBlobStore()).isZero();
    }

    static Stream<Arguments> answers() {
        String huge = "{\"value\":\"" + "x".repeat(200_000) + "\"}";
        return Stream.of(
                Arguments.of(Fault.status(400), FailureCode.LINK_BAD_REQUEST),
                Arguments.of(Fault.status(401), FailureCode.LINK_TOKEN_EXPIRED),
                Arguments.of(Fault.status(403), FailureCode.LINK_FORBIDDEN),
                Arguments.of(Fault.status(404), FailureCode.LINK_NOT_FOUND),
                Arguments.of(Fault.status(409), FailureCode.LINK_NOT_READY),
                Arguments.of(Fault.tooManyRequests("7"), FailureCode.LINK_QUOTA_EXCEEDED),
                Arguments.of(Fault.status(500), FailureCode.LINK_SERVER_ERROR),
                Arguments.of(Fault.status(503), FailureCode.LINK_SERVER_ERROR),
                Arguments.of(Fault.status(204), FailureCode.LINK_SERVER_ERROR),
                Arguments.of(Fault.redirect("https://localhost/elsewhere"), FailureCode.LINK_SERVER_ERROR),
                Arguments.of(Fault.reset(), FailureCode.LINK_UNREACHABLE),
                Arguments.of(Fault.close(), FailureCode.LINK_UNREACHABLE),
                Arguments.of(Fault.hold(), FailureCode.LINK_UNREACHABLE),
                Arguments.of(Fault.cut(20), FailureCode.LINK_UNREACHABLE),
                Arguments.of(Fault.answer(200, Map.of(), "<html>sign in</html>"), FailureCode.LINK_ANSWER_UNREADABLE),
                Arguments.of(Fault.answer(200, Map.of(), ""), FailureCode.LINK_ANSWER_UNREADABLE),
                Arguments.of(Fault.answer(200, Map.of(), "{\"value\":null}"), FailureCode.LINK_ANSWER_UNREADABLE),
                Arguments.of(Fault.answer(200, Map.of(), "{\"value\":\"\"}"), FailureCode.LINK_ANSWER_UNREADABLE),
                Arguments.of(Fault.answer(200, Map.of(), huge), FailureCode.LINK_ANSWER_UNREADABLE),
                Arguments.of(Fault.answer(500, Map.of(), huge), FailureCode.LINK_SERVER_ERROR),
                Arguments.of(Fault.answer(404, Map.of(), "not the API's JSON"), FailureCode.LINK_NOT_FOUND),
                Arguments.of(Fault.link(value -> "https://evil.example/x?sig=stolen"), FailureCode.BLOB_HOST_REFUSED),
                Arguments.of(Fault.link(value -> value + "{{env:PATH}}"), FailureCode.BLOB_HOST_REFUSED));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void eachAnswerHasItsCodeAndCostsOneCall(Fault fault, FailureCode code) throws Exception {
        set("live-response.http.response-timeout", "700");
        start();
        simulator.faults().on(EndpointKind.LINK).once(fault);

        Exchange exchange = askForLink(KEY);

        assertThat(failure(exchange).getCode()).isEqualTo(code);
        assertThat(failure(exchange)).hasNoCause();
        assertThat(linkCalls()).isEqualTo(1);
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
        assertThat(everythingOn(exchange)).doesNotContain("Bearer", "sig=", CONTOSO.clientSecret());
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void aFailureKeepsTheApisCorrelationId() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).once(Fault.answer(400, Map.of("Content-Type", "application/json"),
                "{\"error\":{\"code\":\"InvalidInput\",\"message\":\"index\",\"target\":\"4e42dbea-e9b3-4b8f-8d5e-0f3c6ea3c3d1\"}}"));

        LiveResponseException failure = failure(askForLink(KEY));

        assertThat(failure.getTarget()).contains("4e42dbea-e9b3-4b8f-8d5e-0f3c6ea3c3d1");
        assertThat(failure).hasMessageContaining("InvalidInput: index").hasMessageContaining(KEY.toString());
    }

    @Test
    void escapedAndQuotedLinksAreUndone() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).once(Fault.escapedLink());
        simulator.faults().on(EndpointKind.LINK).once(Fault.quotedLink());

        assertThat(result(fetch(key(0))).key()).isEqualTo(key(0));
        assertThat(result(fetch(key(1))).key()).isEqualTo(key(1));
        assertThat(linkCalls()).isEqualTo(2);
        assertThat(simulator.journal().count(EndpointKind.BLOB)).isEqualTo(2);
    }

    @Test
    void aRefusedTokenIsReplacedOnceForAllThreads() throws Exception {
        start();
        fetch(key(30));
        simulator.revokeTokens();
        simulator.journal().clear();

        List<Exchange> done = crowd(16, 16, i -> fetch(key(i)));

        assertThat(done).allSatisfy(exchange -> result(exchange));
        assertThat(simulator.journal().count(EndpointKind.TOKEN)).isEqualTo(1);
        assertThat(simulator.journal().calls(EndpointKind.LINK)).filteredOn(call -> call.status() == 200).hasSize(16);
        assertThat(simulator.journal().calls(EndpointKind.LINK)).filteredOn(call -> call.status() == 401).hasSizeBetween(1, 16);
        assertThat(linkCalls()).isLessThanOrEqualTo(32);
        assertThat(waits.all()).isEmpty();
    }

    @Test
    void a401ForEverCostsTwoCallsAtFirstAndThenOneEach() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(401));

        LiveResponseException first = failure(fetch(key(0)));
        long callsOfFirst = linkCalls();
        LiveResponseException second = failure(fetch(key(1)));

        assertThat(first.getCode()).isEqualTo(FailureCode.LINK_UNAUTHORIZED);
        assertThat(second.getCode()).isEqualTo(FailureCode.LINK_UNAUTHORIZED);
        assertThat(callsOfFirst).isEqualTo(2);
        assertThat(linkCalls()).isEqualTo(3);
        assertThat(simulator.journal().count(EndpointKind.TOKEN)).isEqualTo(2);
    }

    @Test
    void a401ForEverMakesNoStormOfTokenRequests() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(401));

        crowd(16, 48, i -> fetch(key(i % 40)));

        assertThat(simulator.journal().count(EndpointKind.TOKEN)).isEqualTo(2);
        assertThat(linkCalls()).isBetween(49L, 64L);
    }

    @Test
    void a403NamesTheMissingPermissionAndTheSetting() throws Exception {
        scenario(Scenario.of(List.of(CONTOSO.withRoles("Machine.Isolate"), FABRIKAM), scripts("contoso", ACTION)));
        start();

        LiveResponseException failure = failure(fetch(KEY));

        assertThat(failure.getCode()).isEqualTo(FailureCode.LINK_FORBIDDEN);
        assertThat(failure).hasMessageContainingAll("Machine.Isolate", "Machine.ReadWrite.All", "live-response.tenant.contoso.client-id");
        assertThat(linkCalls()).isEqualTo(1);
    }

    @Test
    void aPermissionThatIsGrantedAfterA403IsInTheTokenOfTheNextCall() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).once(Fault.status(403));

        assertThat(failure(fetch(KEY)).getCode()).isEqualTo(FailureCode.LINK_FORBIDDEN);
        assertThat(linkCalls()).isEqualTo(1);
        result(fetch(KEY));

        assertThat(simulator.journal().count(EndpointKind.TOKEN)).isEqualTo(2);
    }

    @Test
    void theRightToStartActionsIsNotTakenForTheRightToReadResults() throws Exception {
        scenario(Scenario.of(List.of(CONTOSO.withRoles("Machine.LiveResponse"), FABRIKAM), scripts("contoso", ACTION)));
        start();

        assertThat(failure(fetch(KEY))).hasMessageContaining("grants [Machine.LiveResponse], but the call needs the application permission"
                + " Machine.ReadWrite.All");
    }

    @Test
    void a403ForTheWrongAudienceNamesTheScope() throws Exception {
        set("live-response.tenant.contoso.scope", "https://api.security.microsoft.com/.default");
        start();
        simulator.faults().on(EndpointKind.LINK).once(Fault.status(403));

        LiveResponseException failure = failure(fetch(KEY));

        assertThat(failure.getCode()).isEqualTo(FailureCode.LINK_FORBIDDEN);
        assertThat(failure).hasMessageContaining("live-response.tenant.contoso.scope");
    }

    @Test
    void a429PausesThatTenantOnlyAndNoCallIsMadeMeanwhile() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).tenant("contoso").once(Fault.tooManyRequests("30"));
        LiveResponseException refused = failure(askForLink(key(0)));

        clock.advance(Duration.ofSeconds(29));
        List<Exchange> meanwhile = crowd(8, 16, i -> askForLink(key(i)));
        Exchange other = askForLink(OTHER_KEY);

        assertThat(refused.getCode()).isEqualTo(FailureCode.LINK_QUOTA_EXCEEDED);
        assertThat(refused.getRetryAfter()).contains(Duration.ofSeconds(30));
        assertThat(meanwhile).allSatisfy(exchange -> {
            assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.LINK_QUOTA_EXCEEDED);
            assertThat(failure(exchange).getRetryAfter()).contains(Duration.ofSeconds(1));
        });
        assertThat(other.getException()).isNull();
        assertThat(simulator.journal().count(EndpointKind.LINK, "contoso")).isEqualTo(1);
        assertThat(simulator.journal().count(EndpointKind.LINK, "fabrikam")).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(askForLink(key(0)).getException()).isNull();
        assertThat(simulator.journal().count(EndpointKind.LINK, "contoso")).isEqualTo(2);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource({"0, 0", "15, 15", "'Sun, 01 Mar 2026 10:00:42 GMT', 42", "soon, 60", "'', 60", "-5, 0",
            "999999999, 7200"})
    void retryAfterIsReadInEveryForm(String header, long seconds) throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).once(Fault.tooManyRequests(header));

        assertThat(failure(askForLink(KEY)).getRetryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).once(Fault.redirect(simulator.blobUrl() + "/investigation-actions-data/x"));

        failure(askForLink(KEY));

        assertThat(simulator.journal().calls()).extracting(Call::kind).containsOnly(EndpointKind.TOKEN, EndpointKind.LINK);
    }

    @Test
    void a_call_that_comes_to_the_wire_more_than_a_second_after_it_was_counted_is_not_sent() throws Exception {
        beans.put("liveResponseApiPermit", (Processor) exchange -> exchange.getMessage().setHeader(ApiHttpClient.PERMIT,
                Long.toString(System.nanoTime() - Duration.ofSeconds(2).toNanos())));
        start();

        LiveResponseException failure = failure(askForLink(KEY));

        assertThat(failure.getCode()).isEqualTo(FailureCode.LINK_QUOTA_EXCEEDED);
        assertThat(failure.getRetryAfter()).contains(Duration.ZERO);
        assertThat(linkCalls()).isZero();
    }

    @Test
    void a_refused_sign_in_spends_no_permit_of_the_throttles() throws Exception {
        set("live-response.quota.per-minute", "1");
        set("live-response.quota.per-hour", "1");
        start();
        simulator.faults().on(EndpointKind.TOKEN).next(3, Fault.status(503));
        assertThat(failure(askForLink(KEY)).getCode()).isEqualTo(FailureCode.TOKEN_UNAVAILABLE);
        simulator.faults().clear();

        assertThat(askForLink(KEY).getException()).isNull();
        assertThat(linkCalls()).isOne();
    }
}
