package io.liveresponse.cli;

import io.liveresponse.deliver.file.ChainProblem;
import io.liveresponse.deliver.file.ChainVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Whether the delivered files are as they were delivered. */
@Command(name = "verify", description = "Checks the chain of results-YYYY-MM-DD.jsonl and the files that it tells of.",
        mixinStandardHelpOptions = true)
final class RequestsVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(names = "--directory", paramLabel = "DIR", description = "The results; default live-response.deliver.file.directory.")
    private Path directory;

    @Override
    public Integer call() throws IOException {
        if (directory == null && !config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        Path root = directory == null ? fromSettings() : directory;
        PrintWriter out = spec.commandLine().getOut();
        if (!Files.isDirectory(root)) {
            if (directory != null) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--directory " + directory + " is no directory");
            }
            out.println("There is nothing yet in " + root + ".");
            return CommandLine.ExitCode.OK;
        }
        ChainVerifier verifier = new ChainVerifier(root);
        List<ChainProblem> problems = verifier.verify();
        problems.forEach(problem -> out.println(TerminalText.line(root + "/" + problem)));
        out.println(verifier.lines() + " lines read, " + (problems.isEmpty() ? "all as they were written" : problems.size() + " problems"));
        out.flush();
        return problems.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Path fromSettings() {
        try (OfflineContext context = OfflineContext.of(config.file())) {
            return context.settings().path("live-response.deliver.file.directory");
        }
    }
}
