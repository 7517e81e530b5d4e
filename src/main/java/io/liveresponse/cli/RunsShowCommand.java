package io.liveresponse.cli;

import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.model.RunTable;
import io.liveresponse.runs.RunTables;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The table of a run, finished or not. */
@Command(name = "show", description = "Shows the table of a run, a row for each device. Times are UTC.", mixinStandardHelpOptions = true)
final class RunsShowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String id;

    @Option(names = "--json", description = "As one JSON object, like run.json.")
    private boolean json;

    @Override
    public Integer call() {
        if (!config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        try (OfflineContext context = OfflineContext.of(config.file()); LedgerDatabase database = context.attach()) {
            RunLedger runs = context.ledger(database).runs();
            Optional<RunRecord> run = runs.find(id);
            if (run.isEmpty()) {
                spec.commandLine().getErr().println("The ledger knows no run " + id + "; see runs list");
                return CommandLine.ExitCode.SOFTWARE;
            }
            RunTable table = new RunTables(runs).of(run.get());
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                JsonLines.print(out, table);
            } else {
                print(out, table, run.get());
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    private static void print(PrintWriter out, RunTable table, RunRecord run) {
        out.println("run      " + table.run() + " of tenant " + table.tenant() + ", " + table.state());
        out.println("script   " + TerminalText.text(table.script())
                + (table.scriptSha256() == null ? ", not fixed to a hash" : ", sha256 " + table.scriptSha256()));
        out.println("started  " + TerminalText.second(table.createdAt()) + ", deadline " + TerminalText.second(table.deadline()));
        out.println(
                "devices  " + table.devices() + ": " + run.waiting() + " waiting, " + run.open() + " open, " + RunsListCommand.ends(run));
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
