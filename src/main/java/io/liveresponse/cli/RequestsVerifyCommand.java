package io.liveresponse.cli;

import io.liveresponse.deliver.file.ChainProblem;
import io.liveresponse.deliver.file.ChainVerifier;
import io.liveresponse.model.Plural;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Verifies that the delivered files are unchanged. */
@Command(name = "verify", description = "Verifies the hash chain of results-YYYY-MM-DD.jsonl and the files that it lists.",
        mixinStandardHelpOptions = true)
final class RequestsVerifyCommand implements Callable<Integer> {

    private static final String RETENTION = "live-response.retention.results";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(names = "--directory", paramLabel = "DIR",
            description = "The directory of the results; default live-response.deliver.file.directory.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object: directory, lines, intact, problems.")
    private boolean json;

    /** What {@code --json} prints. */
    record Verified(String directory, long lines, boolean intact, List<String> problems) {
    }

    @Override
    public Integer call() throws IOException {
        if (directory == null && !config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        ChainVerifier verifier = directory == null ? fromSettings() : new ChainVerifier(directory);
        Path root = verifier.root();
        PrintWriter out = spec.commandLine().getOut();
        if (!Files.isDirectory(root)) {
            if (directory != null) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--directory " + directory + " is not a directory");
            }
            if (json) {
                JsonLines.print(out, new Verified(root.toString(), 0, true, List.of()));
            } else {
                out.println(root + " does not exist yet: nothing was delivered.");
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        }
        List<ChainProblem> problems = verifier.verify();
        if (json) {
            JsonLines.print(out,
                    new Verified(root.toString(), verifier.lines(), problems.isEmpty(), problems.stream().map(Object::toString).toList()));
        } else {
            problems.forEach(problem -> out.println(TerminalText.line(root + "/" + problem)));
            out.println(
                    Plural.of(verifier.lines(), "line") + " read, "
                            + (problems.isEmpty() ? "all as they were written" : Plural.of(problems.size(), "problem")));
        }
        out.flush();
        return problems.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private ChainVerifier fromSettings() {
        try (OfflineContext context = OfflineContext.of(config.file())) {
            Settings settings = context.settings();
            Path root = settings.path("live-response.deliver.file.directory");
            return settings.find(RETENTION)
                    .map(age -> new ChainVerifier(root,
                            Clock.systemUTC().instant().minus(settings.duration(RETENTION)).atOffset(ZoneOffset.UTC).toLocalDate()))
                    .orElseGet(() -> new ChainVerifier(root));
        }
    }
}
