package io.liveresponse.cli;

import io.liveresponse.intake.PlainBodies;
import io.liveresponse.settings.CamelDurations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The standalone runtime: Camel's own main, with what an operator expects switched on unless the settings say otherwise. */
final class Service {

    /** Below everything that a settings file or the environment gives. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("camel.main.name", "live-response"),
            Map.entry("camel.main.shutdown-timeout", "5"),
            Map.entry("camel.main.auto-configuration-log-summary", "false"),
            Map.entry("camel.main.startup-summary-level", "Oneline"),
            // Off unless asked for, since two services on a machine would want the same port; then for this machine alone.
            Map.entry("camel.management.host", "127.0.0.1"),
            // By name, since Camel itself leaves out every variable that ends in _PORT.
            Map.entry("camel.management.port", "{{env:CAMEL_MANAGEMENT_PORT:8778}}"),
            Map.entry("camel.management.health-check-enabled", "true"),
            Map.entry("camel.management.metrics-enabled", "true"),
            // all checks, since a sink that is degraded leaves readiness up
            Map.entry("camel.health.exposure-level", "full"),
            // of this bundle's routes only the intakes can be out of order by themselves
            Map.entry("camel.health.exclude-pattern", "(route|consumer):(accept|call|deliver|describe|expand|explain|fetch|mail|retention"
                    + "|route|ticket|webhook|worker|write).*,route:intake-.*"),
            Map.entry("camel.metrics.enabled", "{{camel.management.enabled:false}}"),
            // for the status page's counts of each route; its processors' beans would be a third of the startup
            Map.entry("camel.main.jmx-enabled", "{{camel.management.enabled:false}}"),
            Map.entry("camel.main.jmx-management-m-beans-level", "RoutesOnly"),
            Map.entry("camel.server.enabled", "{{live-response.intake.http.enabled}}"),
            Map.entry("camel.server.host", "{{live-response.intake.http.host}}"),
            Map.entry("camel.server.port", "{{live-response.intake.http.port}}"),
            Map.entry("camel.server.max-body-size", "{{live-response.intake.http.max-bytes}}"),
            Map.entry("camel.server.file-upload-enabled", "false"),
            Map.entry("live-response.worker.enabled", "true"),
            Map.entry("live-response.intake.inbox.enabled", "{{live-response.worker.enabled}}"));

    private static final String FILE = "file:";

    private Service() {
    }

    /**
     * Not started yet.
     *
     * @param settings where Camel finds the settings, such as {@code file:/etc/x.properties}; null for none but the overrides
     * @param routes   the include pattern of the routes
     * @param overrides settings that win over the file
     */
    static Main create(String settings, String routes, Map<String, String> overrides) {
        Main main = new Main() {
            @Override
            protected CamelContext createCamelContext() {
                CamelContext context = super.createCamelContext();
                // Camel looks for its plugins with this one too, so it is set before anything else
                context.setApplicationContextClassLoader(new ConfiguredTemplates(templates(settings)));
                return context;
            }

            /** Camel parses every file twice otherwise, the first time for Kamelets and the dependencies that Camel JBang downloads. */
            @Override
            protected void modelineRoutes(CamelContext context) {
                // the files are read when the routes are made
            }
        };
        main.setPropertyPlaceholderLocations(settings == null ? "false" : settings);
        DEFAULTS.forEach(main::addInitialProperty);
        main.addInitialProperty(RowRuleFolder.SETTING, RowRuleFolder.byDefault(file(settings)).toString());
        main.addInitialProperty("camel.main.routes-include-pattern", routes);
        file(settings).ifPresent(file -> CamelDurations.inMillis(file).forEach(main::addOverrideProperty));
        overrides.forEach(main::addOverrideProperty);
        main.addMainListener(new PlainBodies());
        return main;
    }

    private static Optional<Path> file(String settings) {
        return Optional.ofNullable(settings).filter(location -> location.startsWith(FILE))
                .map(location -> Path.of(location.substring(FILE.length())));
    }

    /** Beside the settings file, then in {@code config/} beside the jar. */
    private static List<Path> templates(String settings) {
        Path shipped = io.liveresponse.cli.Main.Home.find().directory().resolve("config");
        return settings == null
                ? List.of(shipped)
                : List.of(Path.of(settings.substring(FILE.length())).toAbsolutePath().getParent(), shipped);
    }
}
