package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.result.Result;
import io.liveresponse.simulator.Scenario;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class DemoScenarioTest extends BundleTestSupport {

    @Test
    void everyCommandOfTheScenarioEndsAsItSays() throws Exception {
        for (var request : Scenario.demo().requests()) {
            System.out.println(request);
            Exchange exchange = fetch(request.key().tenant(), request.key().machineActionId(), request.key().commandIndex());
            System.out.println(exchange.getException() + " " + exchange.getMessage().getBody());
            if (exchange.getException() == null) {
                Exchange routed = template.send("direct:live-response-route", exchange);
                System.out.println(" routed " + routed.getException()+ " " + routed.getVariables());
                if (routed.getException()!=null) routed.getException().printStackTrace(System.out);
            }
        }
        assertThat(simulator.journal().unexpected()).isEmpty();
    }
}
