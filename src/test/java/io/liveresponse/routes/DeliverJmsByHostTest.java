package io.liveresponse.routes;

import java.util.Map;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Tag;

/** The host brings its own connection factory; no url is set. */
@Tag("integration")
class DeliverJmsByHostTest extends DeliverJmsTest {

    @Override
    protected Registry createCamelRegistry() {
        Registry registry = new DefaultRegistry();
        registry.bind("liveResponseJmsConnectionFactory", new JmsConnectionFactory(url()));
        return registry;
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.remove("live-response.deliver.jms.url");
        return settings;
    }
}
