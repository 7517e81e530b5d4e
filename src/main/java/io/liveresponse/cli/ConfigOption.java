package io.liveresponse.cli;

import io.liveresponse.settings.SettingProblem;
import io.liveresponse.settings.SettingsValidator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that names the settings file. */
final class ConfigOption {

    static final String DEFAULT = "config/application.properties";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE",
            description = "The settings file; default " + DEFAULT + " in the current directory, else beside the jar.")
    private Path config;

    Path file() {
        if (config != null) {
            return readable(config);
        }
        Path here = Path.of(DEFAULT);
        return Files.exists(here) ? here : readable(Main.Home.find().directory().resolve(DEFAULT));
    }

    /** Prints all problems at once. False if one is not a mere warning, or an environment variable is missing. */
    boolean isSound() {
        return isSound(problem -> true, true);
    }

    /** Like {@link #isSound}, without the other warnings: for a service, which starts often. */
    boolean canRun() {
        return isSound(problem -> false, true);
    }

    /** Like {@link #isSound}, without warnings and variables: for commands that need little of the settings. */
    boolean isUsable() {
        return isSound(problem -> false, false);
    }

    private boolean isSound(Predicate<SettingProblem> shown, boolean variables) {
        List<SettingProblem> problems = new SettingsValidator().validate(file());
        Predicate<SettingProblem> grave = problem -> problem.code().isError()
                || variables && problem.code() == SettingProblem.Code.SETTING_VARIABLE_MISSING;
        problems.stream().filter(shown.or(grave)).forEach(spec.commandLine().getErr()::println);
        return problems.stream().noneMatch(grave);
    }

    /** Empty if no file is named and the default file does not exist. */
    Optional<Path> fileIfAny() {
        boolean any = config != null || Files.exists(Path.of(DEFAULT)) || Main.Home.find().file(DEFAULT).isPresent();
        return any ? Optional.of(file()) : Optional.empty();
    }

    private Path readable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "the settings file " + file + " does not exist or cannot be read; see --config");
        }
        return file;
    }
}
