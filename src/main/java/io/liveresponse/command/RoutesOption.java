package io.liveresponse.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the settings and routes are. */
final class RoutesOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--routes", paramLabel = "DIR",
            description = "The directory of the routes; default the one beside the jar, else those in it.")
    private Path routes;

    /** Camel's include pattern for them. */
    String pattern() {
        return directory().map(RoutesOption::in).orElse("classpath:camel/*.camel.yaml");
    }

    /** Empty where they are those in the jar. */
    Optional<Path> directory() {
        if (routes != null && !Files.isDirectory(routes)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--routes " + routes + " is no directory");
        }
        return routes == null ? Main.Home.find().file("routes") : Optional.of(routes);
    }

    private static String in(Path directory) {
        String path = directory.toAbsolutePath().normalize().toString();
        return "file:" + path + "/*.yaml,file:" + path + "/*.xml";
    }
}
