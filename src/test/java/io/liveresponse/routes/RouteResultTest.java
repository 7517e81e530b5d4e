package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import java.util.EnumMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.model.language.SimpleExpression;
import org.junit.jupiter.api.Test;

class RouteResultTest extends DeliverySupport {

    private static final Map<Outcome, String> SINKS = new EnumMap<>(Map.of(
            Outcome.SUCCEEDED, "file", Outcome.SUCCEEDED_WITH_ERRORS, "file,email", Outcome.FAILED, "file,ticket",
            Outcome.INTEGRITY_FAILED, "file,ticket,email", Outcome.FILE_RETRIEVED, "file", Outcome.UNREADABLE, "file,email",
            Outcome.NOT_EXECUTED, "", Outcome.ACTION_FAILED, "ticket", Outcome.ACTION_TIMED_OUT, "ticket", Outcome.ACTION_CANCELLED, "ticket"));

    private Exchange route(Result result) {
        return template.request("direct:live-response-route-result", exchange -> exchange.getMessage().setBody(result));
    }

    @Test
    void eachOutcomeGoesToItsSinks() throws Exception {
        start();
        MockEndpoint delivered = mockInstead("route-result", "direct:live-response-deliver-result", "deliver");

        for (Outcome outcome : Outcome.values()) {
            Exchange exchange = route(result(outcome, null, ""));
            assertThat(exchange.getVariable("liveResponseSinks")).as(outcome.name()).isEqualTo(SINKS.get(outcome));
            assertThat(exchange.getVariable("liveResponseUrgency")).as(outcome.name())
                    .isEqualTo(outcome == Outcome.INTEGRITY_FAILED ? "high" : null);
        }
        assertThat(delivered.getReceivedCounter()).isEqualTo(Outcome.values().length);
    }

    @Test
    void whatIsDeliveredIsTheResultItself() throws Exception {
        start();
        MockEndpoint delivered = mockInstead("route-result", "direct:live-response-deliver-result", "deliver");
        Result result = failed();

        route(result);

        assertThat(delivered.getExchanges()).singleElement().satisfies(exchange ->
                assertThat(exchange.getMessage().getBody()).isSameAs(result));
    }

    @Test
    void aBranchForARangeOfExitCodesWinsOverThoseBelowIt() throws Exception {
        start();
        AdviceWith.adviceWith(context, "route-result", advice -> {
            ChoiceDefinition choice = (ChoiceDefinition) advice.getOriginalRoute().getOutputs().stream()
                    .filter(ChoiceDefinition.class::isInstance).findFirst().orElseThrow();
            WhenDefinition range = new WhenDefinition(new SimpleExpression("${body.exitCode} range '3..9'"));
            SetVariableDefinition sinks = new SetVariableDefinition();
            sinks.setName("liveResponseSinks");
            sinks.setExpression(new ConstantExpression("email"));
            range.addOutput(sinks);
            choice.getWhenClauses().add(0, range);
            advice.weaveByToUri("direct:live-response-deliver-result").replace().to("mock:deliver");
        });

        assertThat(route(failed()).getVariable("liveResponseSinks")).isEqualTo("email");
    }

    @Test
    void scriptOutputChoosesNothing() throws Exception {
        start();
        mockInstead("route-result", "direct:live-response-deliver-result", "deliver");

        Exchange exchange = route(result(Outcome.SUCCEEDED, "ticket,email", "outcome: failed; sinks: ticket\n"));

        assertThat(exchange.getVariable("liveResponseSinks")).isEqualTo("file");
    }
}
