package io.liveresponse.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What became of the requests; whether the service runs or not. */
@Command(name = "requests", description = "Lists, shows and replays requests, and verifies the delivered files.",
        mixinStandardHelpOptions = true,
        subcommands = {RequestsListCommand.class, RequestsShowCommand.class, RequestsStatusCommand.class, RequestsReplayCommand.class,
                RequestsVerifyCommand.class})
final class RequestsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say which: list, show, status, replay or verify");
    }
}
