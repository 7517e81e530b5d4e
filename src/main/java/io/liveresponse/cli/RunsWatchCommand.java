package io.liveresponse.cli;

import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import io.liveresponse.runs.RunEstimate;
import io.liveresponse.runs.RunSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A run's progress, until it has ended. */
@Command(name = "watch", description = "Prints a run's progress until it has ended.", mixinStandardHelpOptions = true)
final class RunsWatchCommand implements Callable<Integer> {

    private static final int WIDTH = 30;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String id;

    @Option(names = "--every", paramLabel = "SECONDS", defaultValue = "5", description = "How often to look (default: ${DEFAULT-VALUE}).")
    private int every;

    @Option(names = "--json", description = "One JSON object a line, like runs list --json.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (every < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--every must be at least 1");
        }
        if (!config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        try (OfflineContext context = OfflineContext.of(config.file()); LedgerDatabase database = context.attach()) {
            RunLedger runs = context.ledger(database).runs();
            RunSettings settings = RunSettings.of(context.settings());
            PrintWriter out = spec.commandLine().getOut();
            Optional<RunRecord> run = runs.find(id);
            if (run.isEmpty()) {
                spec.commandLine().getErr().println(RunsCommand.unknown(id));
                return CommandLine.ExitCode.SOFTWARE;
            }
            String before = "";
            CountDownLatch never = new CountDownLatch(1);
            while (true) {
                String line = line(run.get(), settings);
                if (json && !line.equals(before)) {
                    JsonLines.print(out, RunJson.of(run.get()));
                } else if (!line.equals(before)) {
                    out.println(line);
                }
                out.flush();
                before = line;
                if (run.get().state() != RunState.RUNNING) {
                    return CommandLine.ExitCode.OK;
                }
                never.await(every, TimeUnit.SECONDS);
                run = runs.find(id);
            }
        }
    }

    static String line(RunRecord run, RunSettings settings) {
        int ended = run.ends().values().stream().mapToInt(Integer::intValue).sum();
        int filled = run.devices() == 0 ? WIDTH : ended * WIDTH / run.devices();
        return "[" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + ended + "/" + run.devices() + "  " + run.waiting()
                + " waiting, " + run.open()
                + " in progress, " + RunsListCommand.ends(run)
                + (run.state() != RunState.RUNNING
                        ? "; " + run.state().label()
                        : "; " + timeLeft(run, settings));
    }

    private static String timeLeft(RunRecord run, RunSettings settings) {
        String latest = "done at the deadline " + TerminalText.second(run.deadline()) + " UTC at the latest";
        Duration starts = RunEstimate.startTime(run.waiting(), settings);
        return starts.isZero() ? latest : "starts for another " + RunsStartCommand.shown(starts) + " at least, " + latest;
    }
}
