package io.liveresponse.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.SmallHeapJvm;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 5: memory does not grow with the result. */
@Tag("integration")
class SmallHeapTest {

    @TempDir
    Path directory;

    @Test
    void a_transcript_of_400_mb_is_read_in_a_heap_of_64_mb() throws Exception {
        Path blob = blob("`{\"exit_code\":3,\"script_output\":\"` + repeat('0123456789', 25MB) + `\",\"script_errors\":\"`"
                + " + repeat(`\\u00e9`, 25MB) + `\"}`");

        assertThat(inSmallHeap("read", blob)).isEqualTo("failed 3 250000000 25000000 null");
    }

    @Test
    void a_bomb_of_1_to_1000_that_is_a_transcript_is_read_in_a_heap_of_64_mb() throws Exception {
        Path blob = blob("gzip(`{\"exit_code\":0,\"script_output\":\"` + repeat('A', 300MB) + `\"}`)");

        assertThat(Files.size(blob)).isLessThan(500_000);
        assertThat(inSmallHeap("read", blob)).isEqualTo("succeeded 0 300000000 0 null");
    }

    @Test
    void a_bomb_past_the_limit_is_given_up_in_a_heap_of_64_mb() throws Exception {
        Path blob = blob("gzip(`{\"exit_code\":0,\"x\":\"` + repeat('A', 540MB))");

        assertThat(inSmallHeap("read", blob)).isEqualTo("unreadable null 0 0 TOO_LARGE");
    }

    @Test
    void a_text_of_300_mb_that_is_no_transcript_is_refused_in_a_heap_of_64_mb() throws Exception {
        assertThat(inSmallHeap("read", blob("repeat('A', 300MB)"))).isEqualTo("unreadable null 0 0 NOT_JSON");
    }

    @Test
    void a_file_of_300_mb_is_unpacked_in_a_heap_of_64_mb() throws Exception {
        Path target = directory.resolve("target");

        assertThat(inSmallHeap("unpack", blob("gzip(repeat('A', 300MB))"), target)).isEqualTo("UNPACKED");
        assertThat(Files.size(target)).isEqualTo(300_000_000);
    }

    private Path blob(String expression) throws IOException {
        Path blob = directory.resolve("blob");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(blob))) {
            ByteExpression.write(expression, out);
        }
        return blob;
    }

    private String inSmallHeap(String command, Path... files) throws Exception {
        String[] arguments = Stream.concat(Stream.of(command), Stream.of(files).map(Path::toString)).toArray(String[]::new);
        return SmallHeapJvm.run(directory.resolve("answer"), SmallHeap.class, arguments);
    }
}
