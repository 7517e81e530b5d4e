package io.liveresponse.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Scripts on many devices; whether the service runs or not. */
@Command(name = "runs", description = "Starts, lists, shows, watches and cancels runs: a script on many devices.",
        mixinStandardHelpOptions = true,
        subcommands = {RunsStartCommand.class, RunsListCommand.class, RunsShowCommand.class, RunsWatchCommand.class,
                RunsCancelCommand.class})
final class RunsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    static String unknown(String run) {
        return "The ledger knows no run " + run + "; see runs list";
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say which: start, list, show, watch or cancel");
    }
}
