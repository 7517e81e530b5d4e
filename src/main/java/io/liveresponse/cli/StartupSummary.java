package io.liveresponse.cli;

import io.liveresponse.settings.Settings;
import io.liveresponse.worker.LedgerRuntime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once, when all runs, what runs: an operator's first question. */
final class StartupSummary extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger("io.liveresponse");
    private static final int MOST_NAMES = 10;

    @Override
    public void afterStart(BaseMainSupport main) {
        Settings settings = main.getCamelContext().getRegistry().lookupByNameAndType("liveResponseSettings", Settings.class);
        if (!settings.flag("live-response.worker.enabled")) {
            LOG.info("Only direct:live-response-fetch-result and what follows it runs here: live-response.worker.enabled is off");
            return;
        }
        List<String> intakes = Stream.of("inbox", "http", "discovery", "jms")
                .filter(intake -> settings.flag("live-response.intake." + intake + ".enabled")).map(intake -> described(intake, settings))
                .toList();
        LOG.info("Tenants: {}. Intakes: {}. Results: {}. Mail: {}. Tickets: {}. Ledger: {}", tenants(settings.tenants()),
                intakes.isEmpty() ? "none" : String.join(", ", intakes), settings.path("live-response.deliver.file.directory"),
                settings.find("live-response.deliver.email.host").orElse("none"), settings.text("live-response.deliver.ticket.kind"),
                LedgerRuntime.address(settings));
    }

    /** Of a thousand the first ones will do: this is one line. */
    static String tenants(Set<String> names) {
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first;
    }

    private static String described(String intake, Settings settings) {
        return switch (intake) {
            case "inbox" -> "inbox " + settings.path("live-response.intake.inbox.directory");
            case "http" -> Stream.of("host", "port").map(part -> settings.text("live-response.intake.http." + part))
                    .collect(Collectors.joining(":", "http ", ""));
            default -> intake;
        };
    }
}
