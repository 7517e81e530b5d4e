package io.liveresponse.command;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the settings are. */
final class ConfigOption {

    private static final String DEFAULT = "config/application.properties";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE",
            description = "The settings; default " + DEFAULT + " here, else beside the jar.")
    private Path config;

    Path file() {
        if (config != null) {
            return readable(config);
        }
        Path here = Path.of(DEFAULT);
        return Files.exists(here) ? here : readable(Main.Home.find().directory().resolve(DEFAULT));
    }

    private Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "the settings file " + file + " is not there or cannot be read; see --config");
        }
        return file;
    }
}
