package io.liveresponse.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.settings.SettingsValidator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped bundle without a mistake, and with each one of the corpus. */
class SeededMistakesTest {

    private static final String SETTINGS = "application.properties";

    private static final RouteValidator VALIDATOR = new RouteValidator(new SettingsValidator(key -> null, null));

    @TempDir
    Path directory;

    static List<Mistake> mistakes() throws IOException {
        return Mistake.corpus();
    }

    @Test
    void nothingIsFoundInTheShippedBundle() throws IOException {
        assertThat(validate(shipped())).isEmpty();
    }

    @Test
    void theCorpusHoldsAMistakeOfEveryKind() throws IOException {
        assertThat(Mistake.corpus()).hasSizeGreaterThan(40).extracting(mistake -> mistake.fields().get("code"))
                .contains(List.of(Code.values()).stream().map(Code::name).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isFoundAtItsLineAndNothingElseIs(Mistake mistake) throws IOException {
        Map<String, String> files = shipped();
        files.compute(mistake.file(), (name, text) -> mistake.applyTo(text));

        List<Finding> findings = validate(files);

        assertThat(findings).extracting(finding -> finding.file() + ":" + finding.line() + " " + finding.code())
                .contains(mistake.expected(shipped(), files));
        assertThat(findings).filteredOn(finding -> !mistake.also().contains(finding.code())).as("findings").hasSize(1);
        assertThat(findings).allSatisfy(finding -> assertThat(finding.toString()).contains(" — ").doesNotContain("hunter2"));
    }

    private List<Finding> validate(Map<String, String> files) throws IOException {
        Path settings = Files.writeString(directory.resolve(SETTINGS), files.get(SETTINGS));
        List<RouteSource> sources = new ArrayList<>();
        files.forEach((name, text) -> {
            if (!name.equals(SETTINGS)) {
                sources.add(new RouteSource(name, text));
            }
        });
        return VALIDATOR.validate(sources, Optional.of(settings)).stream()
                .map(finding -> new Finding(Path.of(finding.file()).getFileName().toString(), finding.line(), finding.code(),
                        finding.error(), finding.message())).toList();
    }

    private static Map<String, String> shipped() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        RouteFiles.in(Path.of("routes")).forEach(source -> files.put(Path.of(source.name()).getFileName().toString(), source.text()));
        files.put(SETTINGS, Files.readString(Path.of("config", SETTINGS), StandardCharsets.ISO_8859_1));
        return files;
    }
}
