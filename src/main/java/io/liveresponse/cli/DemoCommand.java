package io.liveresponse.cli;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioRequest;
import io.liveresponse.simulator.ticket.TicketSystem;
import io.liveresponse.worker.LedgerRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The real routes against the simulator, from inbox and discovery to sinks, with everything left to look at. Both intakes
 * submit the results that have a transcript, so that the table also shows that nothing is done twice.
 */
@Command(name = "demo", description = "Runs the routes against a simulated cloud, shows what went where, and ends.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(50);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    @Spec
    private CommandSpec spec;

    @Mixin
    private RoutesOption routes;

    @Option(names = "--directory", paramLabel = "DIR", defaultValue = "live-response-demo",
            description = "Where everything goes; emptied first (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(names = "--ticket-system", paramLabel = "KIND", defaultValue = "webhook",
            description = "The ticket system: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private TicketSystem.Kind ticketSystem;

    @Option(names = "--keep", description = "Keep running until stopped, with the status page.")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        if (!routes.areWhole()) {
            return CommandLine.ExitCode.USAGE;
        }
        Path root = DemoDirectory.fresh(directory.toAbsolutePath());
        Scenario scenario = DemoRun.in(Scenario.demoWithRows());
        DemoRows.writeRules(root.resolve("row-rules"));
        List<ScenarioRequest> requests = scenario.requests();
        try (Simulator simulator = Simulator.start(SimulatorOptions.in(root.resolve("simulator"), scenario).withMail())) {
            Main main = Service.create(null, routes.pattern(), settings(root, simulator));
            PageListener page = new PageListener(null, routes.pattern());
            main.start();
            page.afterStart(main);
            page.address().ifPresent(address -> say("Status page: " + address + (keep ? " (Ctrl-C ends the demo)" : "")));
            try {
                DemoDirectory.writeInbox(root.resolve("data/inbox/requests.jsonl"),
                        requests.stream().filter(request -> request.expect().hasTranscript()).toList());
                Ledger ledger = main.getCamelContext().getRegistry().lookupByNameAndType("liveResponseLedger", LedgerRuntime.class)
                        .ledger();
                DemoRun run = DemoRun.start(root.resolve("data/inbox"), ledger.runs());
                waitFor(requests, main.getCamelContext(), ledger, run);
                DemoDirectory.writeMails(root.resolve("mails"), simulator.mails());
                DemoDirectory.writeTickets(root.resolve("tickets"), simulator.ticketSystem(ticketSystem).tickets());
                boolean ran = run.print(spec.commandLine().getOut());
                int code = report(root, requests, ledger, simulator);
                if (keep) {
                    Thread.currentThread().join();
                }
                return ran ? code : CommandLine.ExitCode.SOFTWARE;
            } finally {
                main.stop();
            }
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private Map<String, String> settings(Path root, Simulator simulator) {
        Map<String, String> settings = new HashMap<>(simulator.settings(ticketSystem));
        settings.put("live-response.data-directory", root.resolve("data").toString());
        settings.put("live-response.deliver.file.directory", root.resolve("results").toString());
        settings.put("live-response.rows.rules", root.resolve("row-rules").toString());
        settings.put("live-response.retry.delay", "500");
        settings.put("live-response.intake.discovery.enabled", "true");
        settings.put("live-response.intake.discovery.period", "5s");
        settings.put("live-response.action.look-up", "true");
        settings.put("live-response.run.follow-period", "1s");
        settings.put("camel.management.enabled", "true");
        settings.put("camel.management.port", "0");
        settings.put("camel.metrics.enabled", "false");
        return settings;
    }

    private void waitFor(List<ScenarioRequest> requests, CamelContext context, Ledger ledger, DemoRun run) {
        try (ProgressBar bar = CommandLine.Help.Ansi.AUTO.enabled() ? bar(requests.size()) : null) {
            Tasks.foregroundTask()
                    .withBudget(Budgets.iterationTimeBudget().withInterval(LOOK_EVERY).withMaxDuration(PATIENCE).build())
                    .withName("demo")
                    .build()
                    .run(context, () -> {
                        long ended = ended(requests, ledger);
                        if (bar != null) {
                            bar.stepTo(ended);
                        }
                        return ended >= requests.size() && run.hasEnded();
                    });
        }
    }

    /** For a terminal only: a log file would hold each of its states. */
    private static ProgressBar bar(int requests) {
        return new ProgressBarBuilder().setTaskName("Results").setInitialMax(requests).setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) LOOK_EVERY.toMillis()).build();
    }

    private static long ended(List<ScenarioRequest> requests, Ledger ledger) {
        return requests.stream().map(request -> ledger.archive().show(request.key()))
                .filter(timeline -> timeline.filter(known -> known.request().endedAt() != null).isPresent()).count();
    }

    private int report(Path root, List<ScenarioRequest> requests, Ledger ledger, Simulator simulator) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        DemoReport report = new DemoReport(simulator, simulator.ticketSystem(ticketSystem));
        for (ScenarioRequest request : requests) {
            report.add(request, ledger.archive().show(request.key()));
        }
        report.print(out, root, DemoRows.read(root.resolve("data/rows")));
        return report.isAsExpected() ? 0 : 1;
    }
}
