package io.liveresponse.command;

import java.util.Map;
import org.apache.camel.main.Main;

/** The standalone runtime: Camel's own main, with what an operator expects switched on unless the settings say otherwise. */
final class Service {

    /** Below everything that a settings file or the environment gives. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "camel.main.name", "live-response",
            "camel.main.shutdown-timeout", "5",
            "camel.main.auto-configuration-log-summary", "false",
            "camel.main.startup-summary-level", "Oneline",
            "live-response.worker.enabled", "true",
            "live-response.intake.inbox.enabled", "true");

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
        Main main = new Main();
        main.setPropertyPlaceholderLocations(settings == null ? "false" : settings);
        DEFAULTS.forEach(main::addInitialProperty);
        main.addInitialProperty("camel.main.routes-include-pattern", routes);
        overrides.forEach(main::addOverrideProperty);
        return main;
    }
}
