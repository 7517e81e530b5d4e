package io.liveresponse.cli;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunState;
import io.liveresponse.model.Plural;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a run. */
@Command(name = "cancel",
        description = "Starts no further device of a run; the service cancels the actions of the run that have not ended.",
        mixinStandardHelpOptions = true)
final class RunsCancelCommand extends LedgerCommand {

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String id;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "cancelled by runs cancel",
            description = "Shown in the table (default: ${DEFAULT-VALUE}).")
    private String reason;

    @Override
    int run(OfflineContext context, Ledger ledger, PrintWriter out) {
        RunLedger runs = ledger.runs();
        if (!runs.stop(id, reason)) {
            return fail(runs.find(id).map(run -> run.state() != RunState.RUNNING
                    ? "The run has ended; there is nothing to cancel"
                    : "The run was stopped before: " + TerminalText.text(run.stopReason()))
                    .orElse(RunsCommand.unknown(id)));
        }
        int open = runs.find(id).orElseThrow().open();
        out.println(
                "No further device is started." + (open == 0 ? "" : " The service cancels " + Plural.of(open, "action") + " in progress.")
                        + " Watch the run end with: runs watch " + id);
        return CommandLine.ExitCode.OK;
    }
}
