package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.result.Result;
import io.liveresponse.simulator.Scenario;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class ScenarioThroughRoutesTest extends BundleTestSupport {

    static void log(Object o) throws Exception { java.nio.file.Files.writeString(java.nio.file.Path.of("/tmp/progress"), java.time.Instant.now() + " " + o + "\n", java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND); }
    @Test
    void everyCommandOfTheScenarioEndsAsItSays() throws Exception {
        for (var request : Scenario.demo().requests()) {
            log(request);
            Exchange exchange = fetch(request.key().tenant(), request.key().machineActionId(), request.key().commandIndex());
            log(exchange.getException() + " " + exchange.getMessage().getBody());
            if (exchange.getException() == null) {
                Exchange routed = template.send("direct:live-response-route", exchange);
                log(" routed " + routed.getException()+ " " + routed.getVariables());
                if (routed.getException()!=null) routed.getException().printStackTrace(System.out);
            }
        }
        assertThat(simulator.journal().unexpected()).isEmpty();
    }
}
