package io.liveresponse.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.transcript.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFileNameTest {

    record Case(String name, String path, String safe) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        return Table.rows("transcripts/file-names.txt", 3)
                .map(cells -> new Case(cells.get(0), Table.unquoted(cells.get(1)), Table.unquoted(cells.get(2))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_remote_path_becomes_a_safe_name(Case example) {
        assertThat(SafeFileName.of(example.path())).isEqualTo(example.safe());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_safe_name_is_safe_already(Case example) {
        assertThat(SafeFileName.of(example.safe())).isEqualTo(example.safe());
    }

    @Test
    void the_corpus_has_at_least_forty_paths() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void no_path_has_a_name_too() {
        assertThat(SafeFileName.of(null)).isEqualTo("retrieved-file");
    }

    @Test
    void a_long_name_is_cut_before_its_extension_and_never_inside_a_character() {
        String safe = SafeFileName.of("C:\\" + "😀".repeat(100) + ".tar.gz");

        assertThat(safe).endsWith("😀.gz").startsWith("😀😀");
        assertThat(safe.getBytes(StandardCharsets.UTF_8).length).isBetween(SafeFileName.MAX_BYTES - 3, SafeFileName.MAX_BYTES);
    }

    @Test
    void a_long_extension_is_none() {
        assertThat(SafeFileName.of("a." + "b".repeat(500))).isEqualTo("a." + "b".repeat(SafeFileName.MAX_BYTES - 2));
    }

    @Test
    void a_cut_leaves_no_dot_or_blank_at_the_end() {
        assertThat(SafeFileName.of("a" + " .".repeat(500) + "b".repeat(100))).isEqualTo("a");
    }

    /** What looks at all of a name for each character that it cuts off would not come to an end here. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "收", "😀", " ", ".", "a.", "CON", "\\", "/", "\u202e", "-"})
    void a_megabyte_of_anything_becomes_a_short_name(String piece) {
        String hostile = piece.repeat((1 << 20) / piece.length());

        for (String path : new String[]{hostile, "C:\\Temp\\" + hostile + ".txt", hostile + "." + hostile}) {
            String safe = SafeFileName.of(path);
            assertThat(safe.getBytes(StandardCharsets.UTF_8).length).isBetween(1, SafeFileName.MAX_BYTES);
            assertThat(SafeFileName.of(safe)).isEqualTo(safe);
        }
    }
}
