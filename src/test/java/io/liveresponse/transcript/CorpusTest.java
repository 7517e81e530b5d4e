package io.liveresponse.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.Outcome;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of {@code transcripts/corpus.txt}. */
class CorpusTest {

    private static final long MAX_BYTES = 305_000_000L;
    private static final long SMALL = 10_000;

    record Line(String name, String bytes, BlobHint hint, String outcome, String exitCode, String reason, String script) {
        @Override
        public String toString() {
            return name;
        }
    }

    @TempDir
    Path directory;

    static Stream<Line> lines() throws IOException {
        return Table.rows("transcripts/corpus.txt", 7).map(cells -> new Line(
                cells.get(0), cells.get(1), hint(cells.get(2)), cells.get(3), cells.get(4), cells.get(5), cells.get(6)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void a_blob_is_taken_for_what_it_is(Line line) throws IOException {
        Path blob = directory.resolve("blob");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(blob))) {
            ByteExpression.write(line.bytes(), out);
        }

        Transcript transcript = new TranscriptReader(MAX_BYTES).read(blob, line.hint());

        assertThat(transcript.outcome().label()).as(line.name()).isEqualTo(line.outcome());
        assertThat(String.valueOf(transcript.exitCode())).isEqualTo(line.exitCode().equals("-") ? "null" : line.exitCode());
        assertThat(String.valueOf(transcript.reasonCode())).isEqualTo(line.reason().equals("-") ? "null" : line.reason());
        assertThat(transcript.reason() == null).isEqualTo(transcript.reasonCode() == null);
        if (Files.size(blob) < SMALL) {
            assertThat(outcome(blob, "GetFile", null)).isEqualTo(Outcome.FILE_RETRIEVED);
            assertThat(outcome(blob, "RunScript", "a.bin")).isNotEqualTo(Outcome.FILE_RETRIEVED);
            assertThat(outcome(blob, "PutFile", null)).isNotEqualTo(Outcome.FILE_RETRIEVED);
            assertThat(outcome(blob, null, "a.bin")).isNotEqualTo(Outcome.UNREADABLE);
        }
        if (!line.script().equals("*")) {
            assertThat(String.valueOf(transcript.scriptName())).isEqualTo(line.script().equals("-") ? "null" : line.script());
        }
    }

    private static Outcome outcome(Path blob, String commandType, String offeredName) throws IOException {
        return new TranscriptReader(MAX_BYTES).read(blob, BlobHint.of(commandType, offeredName)).outcome();
    }

    @Test
    void the_corpus_has_at_least_two_hundred_inputs_each_with_a_name_of_its_own() throws IOException {
        List<String> names = lines().map(Line::name).toList();
        Set<String> distinct = new HashSet<>(names);

        assertThat(distinct).hasSameSizeAs(names);
        assertThat(names).hasSizeGreaterThanOrEqualTo(200);
    }

    @Test
    void every_reason_is_met_by_some_line() throws IOException {
        List<String> reasons = lines().map(Line::reason).distinct().toList();

        assertThat(reasons).contains(Stream.of(UnreadableReason.values()).map(Enum::name).toArray(String[]::new));
    }

    /** {@code script}, {@code file} or {@code unknown}, and {@code +name} where the store offers a file name. */
    private static BlobHint hint(String cell) {
        String offered = cell.endsWith("+name") ? "collected.bin" : null;
        return switch (cell.replace("+name", "")) {
            case "script" -> BlobHint.of("RunScript", offered);
            case "file" -> BlobHint.of("GetFile", offered);
            case "unknown" -> BlobHint.of(null, offered);
            default -> throw new IllegalArgumentException("no hint " + cell);
        };
    }
}
