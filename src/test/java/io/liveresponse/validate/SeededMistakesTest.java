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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped bundle, and a small bundle with each mistake of the corpus. */
@Tag("integration")
class SeededMistakesTest {

    private static final String SETTINGS = "application.properties";

    private static final RouteValidator VALIDATOR = new RouteValidator(new SettingsValidator(key -> null, null));

    @TempDir
    Path directory;

    static List<Mistake> mistakes() throws IOException {
        return Mistake.corpus();
    }

    @Test
    void nothing_is_found_in_the_shipped_bundle() throws IOException {
        assertThat(validate(read(Path.of("routes"), Path.of("config")))).isEmpty();
    }

    @Test
    void nothing_is_found_in_the_small_bundle() throws IOException {
        assertThat(validate(bundle())).isEmpty();
    }

    @Test
    void the_corpus_has_a_mistake_of_every_code() throws IOException {
        assertThat(Mistake.corpus()).hasSizeGreaterThan(90).extracting(mistake -> mistake.fields().get("code"))
                .contains(List.of(Code.values()).stream().map(Code::name).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_found_at_its_line_and_nothing_else_is(Mistake mistake) throws IOException {
        Map<String, String> files = bundle();
        files.compute(mistake.file(), (name, text) -> mistake.applyTo(text));

        List<Finding> findings = validate(files);

        assertThat(findings).extracting(finding -> finding.file() + ":" + finding.line() + " " + finding.code())
                .contains(mistake.expected(bundle(), files));
        assertThat(findings).filteredOn(finding -> !mistake.also().contains(finding.code())).as("findings")
                .hasSize(mistake.also().contains(mistake.fields().get("code")) ? 0 : 1);
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
                        finding.error(), finding.message()))
                .toList();
    }

    private static Map<String, String> bundle() throws IOException {
        Path bundle = Path.of("src/test/resources/validate/bundle");
        return read(bundle, bundle);
    }

    private static Map<String, String> read(Path routes, Path config) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        RouteFiles.in(routes).forEach(source -> files.put(Path.of(source.name()).getFileName().toString(), source.text()));
        files.put(SETTINGS, Files.readString(config.resolve(SETTINGS), StandardCharsets.ISO_8859_1));
        return files;
    }
}
