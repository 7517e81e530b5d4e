package io.liveresponse.cli;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerDatabase;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks the ledger, whether the service runs or not. */
abstract class LedgerCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Override
    public final Integer call() {
        checkUsage();
        if (!config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        try (OfflineContext context = OfflineContext.of(config.file()); LedgerDatabase database = context.attach()) {
            PrintWriter out = spec.commandLine().getOut();
            int code = run(context, context.ledger(database), out);
            out.flush();
            return code;
        }
    }

    /** Throws {@link #usage} if the options do not go together. */
    void checkUsage() {
    }

    /** @return the exit code */
    abstract int run(OfflineContext context, Ledger ledger, PrintWriter out);

    final CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /** Says why there is nothing to print; returns the exit code. */
    final int fail(String message) {
        spec.commandLine().getErr().println(message);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
