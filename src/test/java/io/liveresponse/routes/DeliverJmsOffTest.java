package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliverJmsOffTest extends BundleTestSupport {

    @Test
    void withoutADestinationTheRouteIsLeftOutAndNoConnectionIsMade() {
        assertThat(context.getRoute("deliver-jms")).isNull();
        assertThat(context.getRoute("to-jms")).isNotNull();
        assertThat(context.hasComponent("jms")).isNull();
    }
}
