package io.liveresponse.cli;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.QuotaUse;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import io.liveresponse.ledger.TenantStatus;
import io.liveresponse.settings.Settings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The overview of the status page in a terminal. */
@Command(name = "top", description = "Shows tenants, quota, backlog, sinks, nodes and runs, until stopped. Times are UTC.",
        mixinStandardHelpOptions = true)
final class TopCommand implements Callable<Integer> {

    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
    private static final int RUNS = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(names = "--once", description = "Print once and exit.")
    private boolean once;

    @Option(names = "--every", paramLabel = "SECONDS", defaultValue = "2",
            description = "The time between two looks (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--every must be at least 1");
        }
        if (!config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch stopped = new CountDownLatch(1);
        try (OfflineContext context = OfflineContext.of(config.file()); LedgerDatabase database = context.attach()) {
            Ledger ledger = context.ledger(database);
            do {
                out.print(once ? "" : HOME_AND_CLEAR);
                print(out, ledger, context.settings(), Clock.systemUTC().instant());
                out.flush();
            } while (!once && !stopped.await(seconds, TimeUnit.SECONDS));
        }
        return CommandLine.ExitCode.OK;
    }

    private static void print(PrintWriter out, Ledger ledger, Settings settings, Instant now) {
        out.println("Live Response Routes, " + TerminalText.second(now));
        out.println();
        TextTable tenants = new TextTable("tenant", "minute", "hour", "due", "claimed", "delivered", "dead", "backlog done at", "state");
        for (TenantStatus tenant : ledger.status().tenants(settings.quotaKeys(), now)) {
            QuotaUse use = tenant.use();
            tenants.row(tenant.tenant(), use.inMinute() + "/" + use.quota().perMinute(), use.inHour() + "/" + use.quota().perHour(),
                    Long.toString(tenant.due()), Long.toString(tenant.claimed()), Long.toString(tenant.delivered()),
                    Long.toString(tenant.dead()), tenant.estimatedEnd() == null ? "-" : TerminalText.second(tenant.estimatedEnd()),
                    state(tenant));
        }
        tenants.print(out);
        out.println();
        TextTable sinks = new TextTable("sink", "last success");
        ledger.status().sinks().forEach(sink -> sinks.row(TerminalText.text(sink.sink()), TerminalText.second(sink.at())));
        sinks.print(out);
        out.println();
        TextTable nodes = new TextTable("node", "leases", "until");
        ledger.status().nodes().forEach(node -> nodes.row(node.owner(), Long.toString(node.leases()), TerminalText.second(node.until())));
        nodes.print(out);
        out.println();
        TextTable outcomes = new TextTable("outcome (24 h)", "results");
        ledger.status().outcomes(now.minus(Duration.ofHours(24)))
                .forEach(count -> outcomes.row(count.outcome().label(), Long.toString(count.results())));
        outcomes.print(out);
        List<RunRecord> running = ledger.runs().runs(RUNS).stream().filter(run -> run.state() == RunState.RUNNING).toList();
        if (!running.isEmpty()) {
            out.println();
            TextTable runs = new TextTable("run", "tenant", "ended", "devices");
            running.forEach(run -> runs.row(run.runId(), run.tenant(), Integer.toString(run.devices() - run.waiting() - run.open()),
                    Integer.toString(run.devices())));
            runs.print(out);
        }
    }

    private static String state(TenantStatus tenant) {
        if (tenant.pause() != null) {
            return "paused until " + TerminalText.second(tenant.pause().until()) + ": " + TerminalText.line(tenant.pause().reason());
        }
        return tenant.use().roomAt() == null ? "ready" : "next call at " + TerminalText.second(tenant.use().roomAt());
    }
}
