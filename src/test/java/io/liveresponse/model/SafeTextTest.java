package io.liveresponse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.transcript.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

    record Case(String name, String form, String text, String shown) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        return Table.rows("transcripts/safe-text.txt", 4)
                .map(cells -> new Case(cells.get(0), cells.get(1), Table.unquoted(cells.get(2)), Table.unquoted(cells.get(3))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void what_is_hidden_is_shown(Case example) {
        SafeText text = SafeText.of(example.text());

        assertThat(switch (example.form()) {
            case "plain" -> text.plain();
            case "line" -> text.line(100);
            case "html" -> text.html();
            case "csv" -> text.csvCell();
            case "ascii" -> text.terminal(StandardCharsets.US_ASCII);
            case "utf8" -> text.terminal(StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException(example.form());
        }).isEqualTo(example.shown());
    }

    @Test
    void the_corpus_has_at_least_forty_texts() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void no_text_is_an_empty_text() {
        assertThat(SafeText.of((String) null).plain()).isEmpty();
    }

    @Test
    void no_character_of_unicode_gets_through_that_a_reader_could_not_see() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            all.append(Character.toString(c));
        }

        assertThat(SafeText.of(all.toString()).plain().codePoints()).noneMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\t';
            case Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        });
    }

    @Test
    void what_the_reader_left_out_is_said_exactly() {
        SafeText text = SafeText.of(new CapturedText("head", "tail\n", 12_354));

        assertThat(text.missing()).isEqualTo(12_345);
        assertThat(text.plain()).isEqualTo("head\n… 12,345 characters left out …\ntail\n");
        assertThat(text.line(100)).isEqualTo("head … 12,345 characters left out … tail");
        assertThat(text.terminal(StandardCharsets.US_ASCII)).contains("... 12,345 characters left out ...");
    }

    @Test
    void a_text_whose_halves_are_both_there_is_shown_whole() {
        assertThat(SafeText.of(new CapturedText("head", "tail", 8)).plain()).isEqualTo("headtail");
    }

    @Test
    void first_and_last_lines_are_kept_and_the_middle_is_counted() {
        SafeText text = SafeText.of("1\n2\n3\n4\n5\n6\n").firstAndLast(2);

        assertThat(text.plain()).isEqualTo("1\n2\n… 4 characters left out …\n5\n6\n");
        assertThat(text.missing()).isEqualTo(4);
    }

    @Test
    void a_text_of_no_more_than_first_and_last_lines_is_shown_whole() {
        assertThat(SafeText.of("1\n2\n3\n4").firstAndLast(2).plain()).isEqualTo("1\n2\n3\n4");
        assertThat(SafeText.of("1\n2\n3").firstAndLast(2).plain()).isEqualTo("1\n2\n3");
    }

    @Test
    void first_and_last_lines_of_a_captured_text_add_what_was_missing_already() {
        SafeText text = SafeText.of(new CapturedText("1\n2\n3\n", "7\n8\n9\n", 1_012)).firstAndLast(1);

        assertThat(text.plain()).isEqualTo("1\n… 1,008 characters left out …\n9\n");
    }

    @Test
    void a_limit_that_fits_changes_nothing() {
        SafeText text = SafeText.of("a\n".repeat(50));

        assertThat(text.limit(50, 100).plain()).isEqualTo("a\n".repeat(50));
        assertThat(text.limit(49, 100).missing()).isPositive();
        assertThat(text.limit(50, 100 + 1).missing()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é\n", "😀", "\0", "\u202E", "\uDB40\uDC41", "line\r\n", "\uD83D", "\r"})
    void a_limit_is_kept_with_the_note_and_the_sum_is_right(String unit) {
        String original = unit.repeat(3_000);
        for (int maxCharacters : new int[]{100, 101, 257, 1_000}) {
            SafeText text = SafeText.of(original).limit(7, maxCharacters);

            assertThat(text.plain().length()).isLessThanOrEqualTo(maxCharacters);
            assertThat(text.plain().lines().count()).isLessThanOrEqualTo(7);
            assertThat(SafeText.of(original).line(maxCharacters).length()).isLessThanOrEqualTo(maxCharacters);
            String shown = SafeText.of(unit).plain();
            String kept = text.plain().replaceAll("\n?… [0-9,]+ characters left out …\n", "\n").replace("\n", "");
            int units = kept.length() / Math.max(1, shown.replace("\n", "").length());
            assertThat(text.missing()).isEqualTo(original.length() - (long) units * unit.length());
        }
    }

    @Test
    void a_captured_text_is_limited_like_any_other() {
        SafeText text = SafeText.of(new CapturedText("h".repeat(500), "t".repeat(500), 5_000)).limit(3, 164);

        assertThat(text.plain()).isEqualTo("h".repeat(50) + "\n… 4,900 characters left out …\n" + "t".repeat(50));
    }

    @Test
    void a_limit_without_room_for_the_note_is_refused() {
        assertThatThrownBy(() -> SafeText.of("x").limit(2, 100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SafeText.of("x").limit(3, 99)).isInstanceOf(IllegalArgumentException.class);
    }
}
