package io.liveresponse.cli;

import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/** The service's routes that call the API when asked to; what a service does by itself is off, and no port is opened. */
final class LookUpRoutes implements AutoCloseable {

    private static final Map<String, String> OFF = Map.of("camel.server.enabled", "false", "camel.management.enabled", "false",
            "live-response.worker.enabled", "false", "live-response.intake.inbox.enabled", "false", "live-response.intake.http.enabled",
            "false",
            "live-response.intake.jms.enabled", "false", "live-response.intake.discovery.enabled", "false");

    private final Main main;

    LookUpRoutes(Path config, String routes) throws Exception {
        main = Service.create("file:" + config.toAbsolutePath(), routes, OFF);
        main.start();
    }

    ProducerTemplate template() {
        return main.getCamelContext().createProducerTemplate();
    }

    @Override
    public void close() {
        main.stop();
    }
}
