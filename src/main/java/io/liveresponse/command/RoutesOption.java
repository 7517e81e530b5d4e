package io.liveresponse.command;

import java.nio.file.Files;
import java.nio.file.Path;
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
        if (routes == null) {
            return Main.Home.find().file("routes").map(RoutesOption::in).orElse("classpath:camel/*.camel.yaml");
        }
        if (!Files.isDirectory(routes)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--routes " + routes + " is no directory");
        }
        return in(routes);
    }

    private static String in(Path directory) {
        String path = directory.toAbsolutePath().normalize().toString();
        return "file:" + path + "/*.yaml,file:" + path + "/*.xml";
    }
}
