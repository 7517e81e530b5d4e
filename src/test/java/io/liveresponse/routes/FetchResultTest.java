package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Request;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

class FetchResultTest extends RoutesTestSupport {

    private static final String JSON = "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ACTION + "\",\"commandIndex\":0}";

    private Exchange fetchBody(Object body, Map<String, Object> headers) {
        return template.request("direct:live-response-fetch-result", exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
    }

    static Stream<Object> requests() throws Exception {
        return Stream.of(request(KEY), JSON, JSON.getBytes(StandardCharsets.UTF_8),
                new Request("contoso", ACTION, 0, ActionFacts.UNKNOWN),
                Map.of("tenant", "contoso", "machineActionId", ACTION.toUpperCase(), "commandIndex", 0, "more", "ignored"));
    }

    @Test
    void aRequestInAnyFormGivesTheResult() throws Exception {
        start();
        List<Object> requests = requests().toList();

        for (Object body : requests) {
            Exchange exchange = fetchBody(body, Map.of());
            assertThat(result(exchange).key()).isEqualTo(KEY);
            assertThat(result(exchange).output().head()).isEqualTo("line 0\n");
        }
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(requests.size());
        assertThat(simulator.journal().count(EndpointKind.BLOB)).isEqualTo(requests.size());
    }

    static List<Arguments> malformed() {
        return List.of(
                Arguments.of(JSON.replace("contoso", "nobody"), FailureCode.REQUEST_TENANT_UNKNOWN),
                Arguments.of(JSON.replace("contoso", "../contoso"), FailureCode.REQUEST_INVALID),
                Arguments.of(JSON.replace(ACTION, "5382f7ea"), FailureCode.REQUEST_INVALID),
                Arguments.of(JSON.replace(ACTION, ACTION + ")/x?"), FailureCode.REQUEST_INVALID),
                Arguments.of(JSON.replace(":0", ":-1"), FailureCode.REQUEST_INVALID),
                Arguments.of(JSON.replace(":0", ":10000"), FailureCode.REQUEST_INVALID),
                Arguments.of(JSON.replace(":0", ":\"0\""), FailureCode.REQUEST_INVALID),
                Arguments.of(JSON.replace(":0", ":0.5"), FailureCode.REQUEST_INVALID),
                Arguments.of(JSON.replace(",\"commandIndex\":0", ""), FailureCode.REQUEST_INVALID),
                Arguments.of(JSON + JSON, FailureCode.REQUEST_INVALID),
                Arguments.of("[]", FailureCode.REQUEST_INVALID),
                Arguments.of("", FailureCode.REQUEST_INVALID),
                Arguments.of(null, FailureCode.REQUEST_INVALID),
                Arguments.of(42, FailureCode.REQUEST_INVALID));
    }

    @Test
    void whatIsNoRequestMakesNoCall() throws Exception {
        start();

        for (Arguments malformed : malformed()) {
            assertThat(failure(fetchBody(malformed.get()[0], Map.of())).getCode()).as("%s", malformed.get()).isEqualTo(malformed.get()[1]);
        }
        assertThat(simulator.journal().calls()).isEmpty();
        assertThat(waits.all()).isEmpty();
    }

    @Test
    void headersOfTheCallerReachNeitherApiNorStore() throws Exception {
        start();

        Exchange exchange = fetchBody(request(KEY), Map.ofEntries(
                Map.entry("Authorization", "Bearer callers-own"), Map.entry("X-Caller", "1"), Map.entry("Cookie", "a=b"),
                Map.entry("CamelHttpUri", "https://evil.example"), Map.entry("CamelHttpQuery", "evil=1"),
                Map.entry("CamelHttpPath", "/evil"),
                Map.entry("CamelHttpMethod", "DELETE"), Map.entry("Host", "evil.example"), Map.entry("CamelBeanMethodName", "evil"),
                Map.entry("CamelHttpRawQuery", "evil=2"), Map.entry("Content-Type", "text/evil")));

        assertThat(result(exchange).key()).isEqualTo(KEY);
        assertThat(simulator.journal().calls()).allMatch(call -> !call.target().contains("evil"))
                .filteredOn(call -> call.kind() != EndpointKind.TOKEN).hasSize(2).allSatisfy(call -> {
                    assertThat(call.method()).isEqualTo("GET");
                    assertThat(call.headers().toString()).doesNotContain("evil", "callers-own", "X-Caller", "a=b");
                });
        assertThat(simulator.journal().calls(EndpointKind.BLOB)).flatExtracting(Call::headers)
                .extracting(header -> header.getKey().toLowerCase())
                .containsExactlyInAnyOrder("host", "connection", "user-agent");
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void nothingOfLinkOrBearerIsLeftOnTheExchange() throws Exception {
        start();

        Exchange exchange = fetch(KEY);

        assertThat(everythingOn(exchange)).doesNotContain("Bearer", "sig=");
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void nothingOfTheBearerOrTheQueryIsLeftAfterAFailure() throws Exception {
        set("live-response.retry.attempts", "1");
        start();
        simulator.faults().on(EndpointKind.BLOB).always(io.liveresponse.simulator.http.Fault.status(500));

        Exchange exchange = fetch(KEY);

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.BLOB_SERVER_ERROR);
        assertThat(everythingOn(exchange)).doesNotContain("Bearer", "sig=");
    }

    @Test
    void theSameExchangeServesAnotherRequestAfterwards() throws Exception {
        start();

        Exchange exchange = fetch(key(1));
        exchange.getMessage().setBody(request(key(2)));
        template.send("direct:live-response-fetch-result", exchange);

        assertThat(result(exchange).key()).isEqualTo(key(2));
        assertThat(result(exchange).output().head()).isEqualTo("line 2\n");
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(2);
    }

    @Test
    void aCrowdGetsEachItsOwnResult() throws Exception {
        start();

        assertThat(crowd(30, 40, i -> fetch(key(i)))).extracting(exchange -> result(exchange).output().head())
                .containsExactly(java.util.stream.IntStream.range(0, 40).mapToObj(i -> "line " + i + "\n").toArray(String[]::new));
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(40);
        assertThat(simulator.journal().count(EndpointKind.BLOB)).isEqualTo(40);
        assertThat(simulator.journal().count(EndpointKind.TOKEN)).isEqualTo(1);
    }
}
