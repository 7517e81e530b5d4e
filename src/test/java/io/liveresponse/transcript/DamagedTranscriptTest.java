package io.liveresponse.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a transcript on its way, it is never an exception and never taken for a shorter or another one. */
class DamagedTranscriptTest {

    private static final String JSON = "`{\"script_name\":\"a.ps1\",\"exit_code\":0,\"script_output\":\"é😀\\u00e9\\\\\",\"x\":[1,{\"y\":null}],\"script_errors\":\"\"}`";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"(j)", "utf16le(j)", "utf16be(j)", "gzip(j)", "gzip(gzip(j))", "gzip(utf16le(j))", "gzip(j) + gzip(empty())"})
    void a_transcript_that_ends_too_early_is_unreadable_wherever_it_ends(String form) throws IOException {
        byte[] whole = ByteExpression.bytes(form.equals("(j)") ? JSON : form.replace("(j)", "(" + JSON + ")"));
        Transcript expected = read(whole);
        assertThat(expected.outcome()).isEqualTo(Outcome.SUCCEEDED);

        int complete = form.contains("empty") ? ByteExpression.bytes("gzip(" + JSON + ")").length : -1;
        for (int length = 0; length < whole.length; length++) {
            Outcome outcome = read(Arrays.copyOf(whole, length)).outcome();
            assertThat(outcome).as("%s cut to %d", form, length)
                    .isEqualTo(length == complete ? Outcome.SUCCEEDED : Outcome.UNREADABLE);
        }
    }

    @Test
    void no_flipped_bit_of_a_gzip_changes_what_is_read() throws IOException {
        byte[] whole = ByteExpression.bytes("gzip(" + JSON + ")");
        Transcript expected = read(whole);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            Transcript transcript = read(flipped);

            if (transcript.outcome() != Outcome.UNREADABLE) {
                assertThat(transcript).as("bit %d", bit).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void no_heap_of_bytes_makes_the_reader_throw(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] whole = ByteExpression.bytes(JSON);
        for (int round = 0; round < 2_000; round++) {
            byte[] changed = whole.clone();
            for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }

            Transcript transcript = read(changed);

            assertThat(transcript.outcome() == Outcome.UNREADABLE).isEqualTo(transcript.reasonCode() != null);
            assertThat(transcript.exitCode() == null).isEqualTo(transcript.reasonCode() != null);
        }
    }

    private Transcript read(byte[] bytes) throws IOException {
        Path blob = Files.write(directory.resolve("blob"), bytes);
        return new TranscriptReader(1 << 20).read(blob, BlobHint.of("RunScript", null));
    }
}
