package io.liveresponse.routes;

import io.liveresponse.BundleRoutes;
import io.liveresponse.model.Result;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The shipped routes in a plain context, against the simulator. Settings may be changed before the context starts. */
@Tag("integration")
abstract class BundleTestSupport extends CamelTestSupport {

    private static final List<String> ROUTES = List.of("fetch-result", "fetch-attempt", "fetch-token", "call-api",
            "call-blob-store",
            "route-result", "sink", "rows", "deliver-file", "deliver-email", "send-mail", "deliver-ticket",
            "deliver-webhook",
            "open-ticket", "deliver-jms", "call-ticket-system",
            "failure-policy");

    @TempDir
    Path directory;

    Simulator simulator;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        simulator = Simulator.start(simulatorOptions());
        CamelContext context = super.createCamelContext();
        Properties properties = new Properties();
        properties.putAll(settings());
        context.getPropertiesComponent().setInitialProperties(properties);
        ResourceLoader loader = PluginHelper.getResourceLoader(context);
        PluginHelper.getRoutesLoader(context).loadRoutes(
                BundleRoutes.locations(ROUTES).stream().map(loader::resolveResource).toList());
        return context;
    }

    SimulatorOptions simulatorOptions() {
        return SimulatorOptions.in(directory.resolve("simulator"), Scenario.demo()).withMail();
    }

    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(simulator.settings());
        settings.put("live-response.data-directory", directory.resolve("data").toString());
        settings.put("live-response.retry.delay", "20");
        settings.put("live-response.retry.max-delay", "100");
        return settings;
    }

    @AfterEach
    void stopSimulator() {
        simulator.close();
    }

    Exchange fetch(String tenant, String machineActionId, int commandIndex) {
        return template.request("direct:live-response-fetch-result", exchange -> exchange.getMessage().setBody(
                Map.of("tenant", tenant, "machineActionId", machineActionId, "commandIndex", commandIndex)));
    }

    static Result result(Exchange exchange) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody(Result.class);
    }
}
