package io.liveresponse.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LenientUtf8ReaderTest {

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 7, 64})
    void however_small_the_pieces_the_text_is_the_same(int room) throws IOException {
        byte[] bytes = ByteExpression.bytes("`é😀` + '\\xE6\\x94' + `a` + '\\xF0\\x9F\\x98' + `€` + '\\xF0\\x9F\\x98\\x80\\xE9'");
        try (LenientUtf8Reader reader = new LenientUtf8Reader(oneByteAtATime(bytes))) {
            assertThat(drained(reader, room)).isEqualTo("é😀æ”aðŸ˜€😀é");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7})
    void stray_bytes_wait_for_room(int room) throws IOException {
        byte[] bytes = ByteExpression.bytes("repeat('\\xF0\\x9F\\x98a', 50)");
        try (LenientUtf8Reader reader = new LenientUtf8Reader(new ByteArrayInputStream(bytes))) {
            assertThat(drained(reader, room)).isEqualTo("ðŸ˜a".repeat(50));
        }
    }

    private static String drained(Reader reader, int room) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] target = new char[room];
        for (int count = reader.read(target, 0, room); count >= 0; count = reader.read(target, 0, room)) {
            text.append(target, 0, count);
        }
        return text.toString();
    }

    private static InputStream oneByteAtATime(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1));
            }
        };
    }
}
