package io.liveresponse.transcript;

import static io.liveresponse.transcript.FileUnpacker.Result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileUnpackerTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            `hello`                                | a.txt | NOT_PACKED |
            empty()                                | a.txt | NOT_PACKED |
            hex('1f')                              | a.txt | NOT_PACKED |
            gzip(`hello`)                          | a.txt | UNPACKED   | `hello`
            gzip(`hello`)                          |       | UNPACKED   | `hello`
            gzip(empty())                          | a.txt | UNPACKED   | empty()
            gzip(`hel`) + gzip(`lo`)               | a.txt | UNPACKED   | `hello`
            gzip(`hello`) + repeat('\\0', 512)     | a.txt | UNPACKED   | `hello`
            gzip(gzip(`hello`))                    | a.txt | UNPACKED   | gzip(`hello`)
            gzip(gzip(`hello`))                    | a.GZ  | UNPACKED   | gzip(`hello`)
            gzip(`hello`)                          | a.gz  | NOT_PACKED |
            gzip(`hello`)                          | a.tgz | NOT_PACKED |
            dropLast(gzip(`hello`), 1)             | a.txt | CUT_SHORT  |
            hex('1f 8b')                           | a.txt | CUT_SHORT  |
            damage(gzip(`hello`), -5)              | a.txt | DAMAGED    |
            hex('1f 8b') + `hello, this is no gzip`| a.txt | DAMAGED    |
            gzip(`hello`) + `more`                 | a.txt | DAMAGED    |
            gzip(repeat('x', 2KB))                 | a.txt | UNPACKED   | repeat('x', 2KB)
            gzip(repeat('x', 3MB))                 | a.txt | TOO_LARGE  |
            """)
    void a_file_is_unpacked_or_left_alone(String received, String name, Result result, String target) throws IOException {
        Path blob = Files.write(directory.resolve("blob"), ByteExpression.bytes(received));
        Path unpacked = directory.resolve("unpacked");

        assertThat(new FileUnpacker(10_000_000, 100).unpack(blob, unpacked, name)).isEqualTo(result);

        assertThat(blob).hasBinaryContent(ByteExpression.bytes(received));
        if (target == null) {
            assertThat(unpacked).doesNotExist();
        } else {
            assertThat(unpacked).hasBinaryContent(ByteExpression.bytes(target));
        }
    }

    @Test
    void the_limit_on_bytes_holds_whatever_the_ratio() throws IOException {
        Path blob = Files.write(directory.resolve("blob"), ByteExpression.bytes("gzip(`hello`)"));

        assertThat(new FileUnpacker(4, 1_000).unpack(blob, directory.resolve("a"), "a")).isEqualTo(Result.TOO_LARGE);
        assertThat(new FileUnpacker(5, 1_000).unpack(blob, directory.resolve("b"), "b")).isEqualTo(Result.UNPACKED);
    }

    @Test
    void a_target_that_is_there_already_is_left_alone() throws IOException {
        Path blob = Files.write(directory.resolve("blob"), ByteExpression.bytes("gzip(`hello`)"));
        Path target = Files.writeString(directory.resolve("target"), "mine");

        assertThatThrownBy(() -> new FileUnpacker(100, 100).unpack(blob, target, "a"))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("mine");
    }
}
