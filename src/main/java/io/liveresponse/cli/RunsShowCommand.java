package io.liveresponse.cli;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.model.RunTable;
import io.liveresponse.runs.RunTables;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The table of a run, finished or not. */
@Command(name = "show", description = "Shows the table of a run, a row for each device. Times are UTC.", mixinStandardHelpOptions = true)
final class RunsShowCommand extends LedgerCommand {

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String id;

    @Option(names = "--json", description = "As one JSON object, like run.json.")
    private boolean json;

    @Override
    int run(OfflineContext context, Ledger ledger, PrintWriter out) {
        RunLedger runs = ledger.runs();
        Optional<RunRecord> run = runs.find(id);
        if (run.isEmpty()) {
            return fail(RunsCommand.unknown(id));
        }
        RunTable table = new RunTables(runs).of(run.get());
        if (json) {
            JsonLines.print(out, table);
        } else {
            print(out, table, run.get());
        }
        return CommandLine.ExitCode.OK;
    }

    /** In the words of the column end, with what is open. */
    private static String counts(RunRecord run) {
        int open = run.waiting() + run.open();
        return open == 0
                ? RunsListCommand.ends(run)
                : (run.ends().isEmpty() ? "" : RunsListCommand.ends(run) + ", ") + open + " open (" + run.waiting() + " waiting, "
                        + run.open() + " in progress)";
    }

    static void print(PrintWriter out, RunTable table, RunRecord run) {
        out.println("run      " + table.run() + " of tenant " + table.tenant() + ", " + table.state());
        out.println("script   " + TerminalText.text(table.script())
                + (table.scriptSha256() == null ? ", not fixed to a hash" : ", sha256 " + table.scriptSha256()));
        out.println("started  " + TerminalText.second(table.createdAt()) + ", deadline " + TerminalText.second(table.deadline()));
        out.println(
                "devices  " + table.devices() + ": " + counts(run));
        if (!table.outcomes().isEmpty()) {
            out.println("results  " + table.outcomes().entrySet().stream().map(outcome -> outcome.getValue() + " " + outcome.getKey())
                    .collect(Collectors.joining(", ")));
        }
        if (table.stopReason() != null) {
            out.println("stopped  " + TerminalText.text(table.stopReason()));
        }
        out.println();
        TextTable rows = new TextTable("device", "end", "outcome", "exit", "starts", "reason");
        table.rows().forEach(row -> rows.row(TerminalText.text(row.device() == null ? row.machineId() : row.device()), row.end(),
                row.outcome() == null ? "-" : row.outcome(), row.exitCode() == null ? "-" : row.exitCode().toString(),
                Integer.toString(row.starts()),
                row.reason() == null ? "-" : TerminalText.text(row.reason())));
        rows.print(out);
    }
}
