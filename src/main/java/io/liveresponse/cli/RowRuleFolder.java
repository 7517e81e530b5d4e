package io.liveresponse.cli;

import io.liveresponse.rows.RowRules;
import io.liveresponse.settings.PropertiesLines;
import io.liveresponse.validate.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.util.IOHelper;

/** Where the command line finds the row rules: {@code live-response.rows.rules}, else beside the settings file, else beside the jar. */
final class RowRuleFolder {

    static final String SETTING = "live-response.rows.rules";

    private static final String NAME = "row-rules";

    private RowRuleFolder() {
    }

    /** The folder if the setting is not given; it may be missing. */
    static Path byDefault(Optional<Path> settings) {
        Path shipped = Main.Home.find().directory().resolve("config").resolve(NAME);
        return settings.map(file -> file.toAbsolutePath().resolveSibling(NAME)).filter(Files::isDirectory).orElse(shipped);
    }

    /** The mistakes in the rules. Of a folder that a placeholder names nothing is said here; the startup checks it. */
    static List<Finding> mistakes(Optional<Path> settings) throws IOException {
        Optional<String> given = Optional.ofNullable(IOHelper.lookupEnvironmentVariable(SETTING));
        if (given.isEmpty() && settings.isPresent()) {
            given = PropertiesLines.read(Files.readString(settings.get(), StandardCharsets.ISO_8859_1)).stream()
                    .filter(entry -> entry.key().equals(SETTING)).map(PropertiesLines.Entry::value).filter(Objects::nonNull)
                    .reduce((one, last) -> last);
        }
        if (given.filter(folder -> folder.contains("{{")).isPresent()) {
            return List.of();
        }
        return RowRules.check(given.map(String::strip).map(Path::of).orElseGet(() -> byDefault(settings))).stream()
                .map(problem -> new Finding(problem.file(), problem.line(), problem.code().name(), true, problem.message())).toList();
    }

    /** Both lists as one. */
    static List<Finding> mistakes(List<Finding> others, Optional<Path> settings) throws IOException {
        return Stream.concat(others.stream(), mistakes(settings).stream()).toList();
    }
}
