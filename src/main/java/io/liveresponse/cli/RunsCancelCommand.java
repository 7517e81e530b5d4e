package io.liveresponse.cli;

import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.RunLedger;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops a run. */
@Command(name = "cancel",
        description = "Starts no further device of a run; the service cancels the actions of the run that have not ended.",
        mixinStandardHelpOptions = true)
final class RunsCancelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String id;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "cancelled by runs cancel",
            description = "Stands in the table (default: ${DEFAULT-VALUE}).")
    private String reason;

    @Override
    public Integer call() {
        if (!config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        try (OfflineContext context = OfflineContext.of(config.file()); LedgerDatabase database = context.attach()) {
            RunLedger runs = context.ledger(database).runs();
            if (!runs.stop(id, reason)) {
                spec.commandLine().getErr()
                        .println(runs.find(id).map(run -> run.stopReason() == null
                                ? "The run has ended; there is nothing to cancel"
                                : "The run was stopped before: " + TerminalText.text(run.stopReason()))
                                .orElse("The ledger knows no run " + id + "; see runs list"));
                return CommandLine.ExitCode.SOFTWARE;
            }
            int open = runs.find(id).orElseThrow().open();
            spec.commandLine().getOut().println(
                    "No further device is started." + (open == 0 ? "" : " The service cancels " + open + " actions that have not ended."));
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        }
    }
}
