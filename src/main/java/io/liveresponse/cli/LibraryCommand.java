package io.liveresponse.cli;

import io.liveresponse.fetch.FetchVariables;
import io.liveresponse.model.ResultKey;
import io.liveresponse.runs.LibraryFile;
import io.liveresponse.runs.LibraryList;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The scripts that live responses can run. Nothing is ever deleted. */
@Command(name = "library", description = "Lists the live response library, compares it with a directory, and uploads what is missing.",
        mixinStandardHelpOptions = true)
final class LibraryCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say which: list, plan or apply");
    }

    /** What all three need. */
    static final class Access {

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec;

        @Mixin
        private ConfigOption config;

        @Mixin
        private RoutesOption routes;

        @Option(names = "--tenant", paramLabel = "NAME", description = "The tenant; may be left out if the settings name one.")
        private String tenant;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        /** What is done with the library. */
        interface Work {
            int on(LibraryList library, ProducerTemplate template, ResultKey key) throws Exception;
        }

        int run(Work work) throws Exception {
            if (!config.isUsable()) {
                return CommandLine.ExitCode.USAGE;
            }
            Set<String> tenants;
            try (OfflineContext context = OfflineContext.of(config.file())) {
                tenants = context.settings().tenants();
            }
            String name = tenant == null && tenants.size() == 1 ? tenants.iterator().next() : tenant;
            if (name == null || !tenants.contains(name)) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--tenant must be one of " + String.join(", ", tenants));
            }
            ResultKey key = new ResultKey(name, "library", ResultKey.WHOLE_ACTION);
            try (LookUpRoutes lookUp = new LookUpRoutes(config.file(), routes.pattern())) {
                Exchange answer = lookUp.template().request("direct:live-response-list-library",
                        exchange -> exchange.setVariable(FetchVariables.KEY, key));
                if (answer.getException() != null) {
                    throw answer.getException();
                }
                int code = work.on(answer.getMessage().getBody(LibraryList.class), lookUp.template(), key);
                spec.commandLine().getOut().flush();
                return code;
            }
        }

        void print(Object value, String... cells) {
            if (json) {
                JsonLines.print(out(), value);
            } else {
                out().println(String.join("  ", cells));
            }
        }

        /** For a person; what reads JSON gets none. */
        void advise(String text) {
            if (!json) {
                out().println(TerminalText.text(text));
            }
        }

        private PrintWriter out() {
            return spec.commandLine().getOut();
        }

        List<LibraryFile> compare(Path directory, LibraryList library) throws Exception {
            if (!Files.isDirectory(directory)) {
                throw new CommandLine.ParameterException(spec.commandLine(), directory + " is not a directory");
            }
            return LibraryFile.compare(directory, library);
        }
    }

    /** One line of {@code plan --json} and {@code apply --json}. */
    record Told(String file, String state, String sha256) {
    }

    @Command(name = "list", description = "Lists the library's files with their sha256.")
    int list(@Mixin Access access) throws Exception {
        return access.run((library, template, key) -> {
            if (library.value().isEmpty()) {
                access.advise("The library of " + key.tenant() + " is empty; library apply DIR uploads scripts");
            }
            library.value().forEach(file -> access.print(file, TerminalText.text(file.sha256()), TerminalText.text(file.fileName())));
            return CommandLine.ExitCode.OK;
        });
    }

    @Command(name = "plan", description = "Tells how a directory differs from the library. Exits with 1 if it does.")
    int plan(@Mixin Access access, @Parameters(paramLabel = "DIR", description = "The directory of scripts.") Path directory)
            throws Exception {
        return access.run((library, template, key) -> {
            List<LibraryFile> files = access.compare(directory, library);
            files.forEach(file -> tell(access, file, label(file.state())));
            if (files.stream().anyMatch(file -> file.state() == LibraryFile.State.MISSING)) {
                access.advise("library apply " + directory + " uploads what is missing");
            }
            return files.stream().allMatch(file -> file.state() == LibraryFile.State.SAME)
                    ? CommandLine.ExitCode.OK
                    : CommandLine.ExitCode.SOFTWARE;
        });
    }

    @Command(name = "apply",
            description = "Uploads what the library lacks. What it has with other bytes is replaced with --overwrite only.")
    int apply(@Mixin Access access, @Parameters(paramLabel = "DIR", description = "The directory of scripts.") Path directory,
            @Option(names = "--overwrite",
                    description = "Replace files that differ; the API has no download to undo that.") boolean overwrite)
            throws Exception {
        return access.run((library, template, key) -> {
            boolean well = true;
            for (LibraryFile file : access.compare(directory, library)) {
                boolean upload = file.state() == LibraryFile.State.MISSING || file.state() == LibraryFile.State.DIFFERENT && overwrite;
                if (upload) {
                    upload(template, key, file);
                }
                tell(access, file, upload ? "uploaded" : label(file.state()));
                well &= upload || file.state() == LibraryFile.State.SAME;
            }
            return well ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        });
    }

    private static void upload(ProducerTemplate template, ResultKey key, LibraryFile file) throws Exception {
        LibraryFile.Upload form = file.upload();
        Exchange answer = template.request("direct:live-response-upload-library", exchange -> {
            exchange.setVariable(FetchVariables.KEY, key);
            exchange.setVariable("liveResponseContentType", form.contentType());
            exchange.getMessage().setBody(form.body());
        });
        if (answer.getException() != null) {
            throw answer.getException();
        }
    }

    private static void tell(Access access, LibraryFile file, String state) {
        access.print(new Told(file.name(), state, file.sha256()), String.format("%-9s", state), TerminalText.text(file.name()));
    }

    private static String label(LibraryFile.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
