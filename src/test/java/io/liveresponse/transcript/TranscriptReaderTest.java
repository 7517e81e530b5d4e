package io.liveresponse.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.CapturedText;
import io.liveresponse.model.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the corpus cannot say in a cell: the texts themselves. */
class TranscriptReaderTest {

    private static final BlobHint SCRIPT = BlobHint.of("RunScript", null);
    private static final int KEPT = 1_024;

    @TempDir
    Path directory;

    private final TranscriptReader reader = new TranscriptReader(1 << 20, KEPT, KEPT);

    @Test
    void the_documented_example_is_read_to_the_letter() throws IOException {
        Transcript transcript = read("""
                {"script_name": "minidump.ps1","exit_code": 0,"script_output": "Transcript started, output file is C:\\\\x.txt
                C:\\\\windows\\\\TEMP\\\\OfficeClickToRun.dmp.zip\\n51 MB\\n\\u0000\\u0000\\u0000","script_errors":""}
                """);

        assertThat(transcript).isEqualTo(new Transcript(Outcome.SUCCEEDED, "minidump.ps1", 0, text(
                "Transcript started, output file is C:\\x.txt\nC:\\windows\\TEMP\\OfficeClickToRun.dmp.zip\n51 MB\n\0\0\0"),
                CapturedText.EMPTY, null));
    }

    @Test
    void both_streams_keep_their_own_text() throws IOException {
        Transcript transcript = read("{\"exit_code\":9,\"script_output\":\"one\",\"script_errors\":\"two\"}");

        assertThat(transcript.output()).isEqualTo(text("one"));
        assertThat(transcript.errors()).isEqualTo(text("two"));
    }

    @Test
    void a_long_text_keeps_its_beginning_and_its_end_and_says_how_long_it_was() throws IOException {
        String head = "h".repeat(KEPT);
        String tail = "t".repeat(KEPT);

        CapturedText output = output(head + "m".repeat(5_000) + tail);

        assertThat(output).isEqualTo(new CapturedText(head, tail, 2 * KEPT + 5_000));
        assertThat(output.missing()).isEqualTo(5_000);
    }

    @Test
    void a_text_of_exactly_what_is_kept_is_whole_and_one_more_character_is_the_first_to_go() throws IOException {
        assertThat(output("x".repeat(2 * KEPT))).isEqualTo(text("x".repeat(2 * KEPT)));
        assertThat(output("x".repeat(2 * KEPT + 1)).missing()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void no_cut_falls_inside_an_escape_or_between_the_halves_of_a_pair(int shift) throws IOException {
        String json = "a".repeat(shift) + "\\ud83d\\ude00😀\\n\\u00e9\\\\\\\"".repeat(1_000) + "z".repeat(shift);
        String decoded = "a".repeat(shift) + "😀😀\né\\\"".repeat(1_000) + "z".repeat(shift);

        CapturedText output = output(json);

        assertThat(output.length()).isEqualTo(decoded.length());
        assertThat(decoded).startsWith(output.head()).endsWith(output.tail());
        assertThat(output.head() + output.tail()).doesNotContain("\uFFFD");
        assertThat(output.head()).hasSizeBetween(KEPT - 1, KEPT);
        assertThat(output.tail()).hasSizeBetween(KEPT - 1, KEPT);
    }

    @Test
    void long_texts_before_it_do_not_move_the_cut_of_a_later_one() throws IOException {
        String filler = "\"" + "f".repeat(9_000) + "\"";

        Transcript transcript = read("{\"exit_code\":0,\"x\":[" + filler + ",{" + filler + ":" + filler + "}],\"script_output\":\""
                + "h".repeat(KEPT) + "m" + "t".repeat(KEPT) + "\",\"y\":" + filler + ",\"script_errors\":\"e\"}");

        assertThat(transcript.output()).isEqualTo(new CapturedText("h".repeat(KEPT), "t".repeat(KEPT), 2 * KEPT + 1));
        assertThat(transcript.errors()).isEqualTo(text("e"));
    }

    @Test
    void half_a_surrogate_pair_becomes_a_replacement_character_so_that_every_sink_can_write_the_text() throws IOException {
        assertThat(output("a\\ud83db\\ude00c\\ud83d\\ude00\\ud83d")).isEqualTo(text("a\uFFFDb\uFFFDc😀\uFFFD"));
    }

    @Test
    void a_stray_byte_is_read_as_windows_1252_and_leaves_the_rest_right() throws IOException {
        byte[] json = "{\"exit_code\":0,\"script_output\":\"é?é\"}".getBytes(StandardCharsets.UTF_8);
        json[new String(json, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0x80;

        assertThat(read(json).output()).isEqualTo(text("é€é"));
    }

    @Test
    void what_is_unreadable_says_why_and_repeats_nothing_of_it() throws IOException {
        Transcript transcript = read("{\"exit_code\":\"canary\"}");

        assertThat(transcript).isEqualTo(Transcript.unreadable(UnreadableReason.EXIT_CODE_INVALID));
        assertThat(transcript.reason()).isEqualTo(UnreadableReason.EXIT_CODE_INVALID.sentence()).doesNotContain("canary");
    }

    @Test
    void the_limit_is_the_last_byte_that_is_read() throws IOException {
        byte[] json = "{\"exit_code\":0,\"script_output\":\"\"}".getBytes(StandardCharsets.UTF_8);
        Path blob = Files.write(directory.resolve("blob"), json);

        assertThat(new TranscriptReader(json.length).read(blob, SCRIPT).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(new TranscriptReader(json.length - 1).read(blob, SCRIPT).reasonCode()).isEqualTo(UnreadableReason.TOO_LARGE);
    }

    @Test
    void a_blob_that_is_not_there_is_a_fault_of_the_disk_and_not_of_the_content() {
        assertThatThrownBy(() -> reader.read(directory.resolve("gone"), SCRIPT)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_limit_that_would_cut_field_names_is_refused() {
        assertThatThrownBy(() -> new TranscriptReader(1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private CapturedText output(String json) throws IOException {
        Transcript transcript = read("{\"exit_code\":0,\"script_output\":\"" + json + "\"}");
        assertThat(transcript.outcome()).isEqualTo(Outcome.SUCCEEDED);
        return transcript.output();
    }

    private Transcript read(String json) throws IOException {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    private Transcript read(byte[] bytes) throws IOException {
        return reader.read(Files.write(directory.resolve("blob"), bytes), SCRIPT);
    }

    private static CapturedText text(String text) {
        return new CapturedText(text, "", text.length());
    }
}
