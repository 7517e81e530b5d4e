package io.liveresponse.cli;

import io.liveresponse.settings.SettingProblem;
import io.liveresponse.settings.SettingsValidator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

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

    /** Prints all problems at once, so that nobody mends one only to meet the next. False where one is no mere warning. */
    boolean isSound() {
        return isSound(problem -> true);
    }

    /** Likewise, without the warnings: for commands that people read for something else. */
    boolean isUsable() {
        return isSound(problem -> problem.code().isError());
    }

    private boolean isSound(Predicate<SettingProblem> shown) {
        List<SettingProblem> problems = new SettingsValidator().validate(file());
        problems.stream().filter(shown).forEach(spec.commandLine().getErr()::println);
        return problems.stream().noneMatch(problem -> problem.code().isError());
    }

    /** Empty where none is named and none is at the places of the default. */
    Optional<Path> fileIfAny() {
        boolean any = config != null || Files.exists(Path.of(DEFAULT)) || Main.Home.find().file(DEFAULT).isPresent();
        return any ? Optional.of(file()) : Optional.empty();
    }

    private Path readable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "the settings file " + file + " is not there or cannot be read; see --config");
        }
        return file;
    }
}
