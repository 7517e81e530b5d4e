package io.liveresponse.cli;

import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.RunRecord;
import java.io.PrintWriter;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs, newest first. */
@Command(name = "list", description = "Lists runs, newest first. Times are UTC.", mixinStandardHelpOptions = true)
final class RunsListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json",
            description = "One JSON object a line: id, state, devices, waiting, open and ends, with the devices that ended so.")
    private boolean json;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--limit must be at least 1");
        }
        if (!config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        try (OfflineContext context = OfflineContext.of(config.file()); LedgerDatabase database = context.attach()) {
            List<RunRecord> runs = context.ledger(database).runs().runs(limit);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                runs.forEach(run -> JsonLines.print(out, RunJson.of(run)));
            } else if (runs.isEmpty()) {
                out.println("No run yet; start one with runs start.");
            } else {
                TextTable table = new TextTable("started (UTC)", "state", "script", "devices", "waiting", "open", "ended", "run");
                runs.forEach(run -> table.row(TerminalText.minute(run.createdAt()), run.state().label(),
                        run.scriptName() == null ? "-" : TerminalText.text(run.scriptName()), Integer.toString(run.devices()),
                        Integer.toString(run.waiting()), Integer.toString(run.open()), ends(run), run.runId()));
                table.print(out);
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    static String ends(RunRecord run) {
        return run.ends().isEmpty()
                ? "-"
                : new TreeMap<>(run.ends()).entrySet().stream()
                        .map(end -> end.getValue() + " " + end.getKey().label()).collect(Collectors.joining(", "));
    }
}
