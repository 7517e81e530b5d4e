package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.junit.jupiter.api.Test;

/** Which sinks the router names; what they do with it is not asked here. */
class RouteResultTest extends DeliverySupport {

    private static final Map<Outcome, List<String>> SINKS = new EnumMap<>(Map.of(
            Outcome.SUCCEEDED, List.of("file"), Outcome.SUCCEEDED_WITH_ERRORS, List.of("file", "email"), Outcome.FAILED,
            List.of("file", "ticket"),
            Outcome.INTEGRITY_FAILED, List.of("file", "ticket", "email"), Outcome.FILE_RETRIEVED, List.of("file"),
            Outcome.UNREADABLE, List.of("file", "email"), Outcome.NOT_EXECUTED, List.of(), Outcome.ACTION_FAILED, List.of("ticket"),
            Outcome.ACTION_TIMED_OUT, List.of("ticket"), Outcome.ACTION_CANCELLED, List.of("ticket")));

    private final List<Exchange> sent = new ArrayList<>();

    private Exchange route(Result result) {
        sent.clear();
        return template.request("direct:live-response-route-result", exchange -> exchange.getMessage().setBody(result));
    }

    /** The sinks in the order in which they were called. */
    private List<String> sinks() {
        return sent.stream().map(exchange -> exchange.getProperty("sink", String.class)).toList();
    }

    private void startWithoutSinks() throws Exception {
        start();
        AdviceWith.adviceWith(context, "route-result", advice -> {
            for (String sink : List.of("file", "ticket", "email")) {
                advice.weaveByToUri("direct:live-response-to-" + sink).replace().process(exchange -> {
                    exchange.setProperty("sink", sink);
                    sent.add(exchange);
                });
            }
        });
    }

    @Test
    void a_body_that_is_no_result_is_a_failure_of_the_caller() throws Exception {
        start();

        Exchange routed = template.request("direct:live-response-route-result", exchange -> exchange.getMessage().setBody("no result"));

        assertThat(routed.getException()).hasStackTraceContaining("run");
    }

    @Test
    void each_outcome_goes_to_its_sinks() throws Exception {
        startWithoutSinks();

        for (Outcome outcome : Outcome.values()) {
            assertThat(route(result(outcome, null, "")).getException()).as(outcome.name()).isNull();
            assertThat(sinks()).as(outcome.name()).isEqualTo(SINKS.get(outcome));
            assertThat(sent).as(outcome.name()).allSatisfy(exchange -> assertThat(exchange.getVariable("liveResponseUrgency"))
                    .isEqualTo(outcome == Outcome.INTEGRITY_FAILED ? "high" : null));
        }
    }

    @Test
    void each_sink_gets_the_result_itself() throws Exception {
        startWithoutSinks();
        Result result = failed();

        route(result);

        assertThat(sent).hasSize(2).allSatisfy(exchange -> assertThat(exchange.getMessage().getBody()).isSameAs(result));
    }

    @Test
    void a_branch_for_a_range_of_exit_codes_wins_over_those_below_it() throws Exception {
        start();
        AdviceWith.adviceWith(context, "route-result", advice -> {
            ChoiceDefinition choice = (ChoiceDefinition) advice.getOriginalRoute().getOutputs().stream()
                    .filter(ChoiceDefinition.class::isInstance).findFirst().orElseThrow();
            WhenDefinition range = new WhenDefinition(new SimpleExpression("${body.exitCode} range '3..9'"));
            range.addOutput(new ToDefinition("mock:range"));
            choice.getWhenClauses().add(0, range);
        });

        route(failed());

        assertThat(context.getEndpoint("mock:range", MockEndpoint.class).getReceivedCounter()).isOne();
        assertThat(filesIn(results())).isEmpty();
    }

    @Test
    void script_output_chooses_nothing() throws Exception {
        startWithoutSinks();

        route(result(Outcome.SUCCEEDED, "ticket,email", "outcome: failed; exitCode: 323; sinks: ticket\n"));

        assertThat(sinks()).containsExactly("file");
    }
}
