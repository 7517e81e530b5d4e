package io.liveresponse.cli;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RunRecord;
import java.io.PrintWriter;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs, newest first. */
@Command(name = "list", description = "Lists runs, newest first. Times are UTC.", mixinStandardHelpOptions = true)
final class RunsListCommand extends LedgerCommand {

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most this many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json",
            description = "One JSON object a line: id, state, devices, waiting, open (in progress) and ends, with the devices that ended so.")
    private boolean json;

    @Override
    void checkUsage() {
        if (limit < 1) {
            throw usage("--limit must be at least 1");
        }
    }

    @Override
    int run(OfflineContext context, Ledger ledger, PrintWriter out) {
        List<RunRecord> runs = ledger.runs().runs(limit);
        if (json) {
            runs.forEach(run -> JsonLines.print(out, RunJson.of(run)));
        } else if (runs.isEmpty()) {
            out.println("No run yet; start one with runs start.");
        } else {
            TextTable table = new TextTable("started (UTC)", "state", "script", "devices", "waiting", "in progress", "ended", "run");
            runs.forEach(run -> table.row(TerminalText.minute(run.createdAt()), run.state().label(),
                    run.scriptName() == null ? "-" : TerminalText.text(run.scriptName()), Integer.toString(run.devices()),
                    Integer.toString(run.waiting()), Integer.toString(run.open()), ends(run), run.runId()));
            table.print(out);
        }
        return CommandLine.ExitCode.OK;
    }

    static String ends(RunRecord run) {
        return run.ends().isEmpty()
                ? "-"
                : new TreeMap<>(run.ends()).entrySet().stream()
                        .map(end -> end.getValue() + " " + end.getKey().label()).collect(Collectors.joining(", "));
    }
}
