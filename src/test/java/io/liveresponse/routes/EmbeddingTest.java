package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.simulator.http.EndpointKind;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/embedding.md promises of a call from a host's route. */
class EmbeddingTest extends RoutesTestSupport {

    static Stream<Object> forms() {
        return Stream.of(request(KEY), "{\"tenant\": \"contoso\", \"machineActionId\": \"" + ACTION + "\", \"commandIndex\": 0}",
                new Request("contoso", ACTION, 0, ActionFacts.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_map_json_text_and_a_request_are_taken(Object body) throws Exception {
        start();

        assertThat(template.requestBody("direct:live-response-fetch-result", body, Result.class).key()).isEqualTo(KEY);
    }

    @Test
    void variables_and_properties_of_the_host_survive_a_fetch_and_a_delivery_and_no_header_does() throws Exception {
        start();

        Exchange exchange = template.request("direct:live-response-fetch-result", fetch -> {
            fetch.getMessage().setBody(request(KEY));
            fetch.getMessage().setHeader("X-Host", "header");
            fetch.setVariable("host", "variable");
            fetch.setProperty("host", "property");
        });

        assertHostsOwn(exchange);
        assertThat(exchange.getMessage().getBody()).isInstanceOf(Result.class);
        exchange.getMessage().setHeader("X-Host", "header");
        Exchange routed = template.send("direct:live-response-route-result", exchange);
        assertHostsOwn(routed);
        assertThat(routed.getMessage().getBody()).isInstanceOf(Result.class);
        assertThat(simulator.journal().calls()).allSatisfy(call -> assertThat(call.header("X-Host")).isEmpty());
    }

    private static void assertHostsOwn(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
        assertThat(exchange.getVariable("host")).isEqualTo("variable");
        assertThat(exchange.getProperty("host")).isEqualTo("property");
    }

    @Test
    void a_call_that_blocks_at_a_throttle_is_bounded_by_its_future_and_goes_on_behind_it() throws Exception {
        useRealTime();
        set("live-response.quota.per-minute", 1);
        set("live-response.quota.minute-period", "5s");
        start();
        result(fetch(KEY));

        Future<Result> second = context.createFluentProducerTemplate().to("direct:live-response-fetch-result")
                .withBody(request(key(1))).asyncRequest(Result.class);

        assertThatThrownBy(() -> second.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(second.get(1, TimeUnit.MINUTES).key()).isEqualTo(key(1));
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(2);
    }
}
