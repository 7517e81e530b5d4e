package io.liveresponse.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongStringShortenerTest {

    private static final String[] UNITS = {"a", "é", "😀", "\n", "\"", "\\", "\0", "\uD83D", "\uDE00", "\u2028"};

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void whatever_the_text_and_however_it_arrives_head_and_tail_are_those_of_the_text(int chunk) throws IOException {
        Random random = new Random(chunk);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(UNITS[random.nextInt(UNITS.length)]);
            }
            String literal = escapedAtRandom(text, random);
            LongStringShortener shortener = new LongStringShortener(inChunks("[\"" + literal + "\"]", chunk), 8, 8);

            String kept = json.readTree(rawControlsEscaped(drained(shortener))).get(0).asText();

            LongStringShortener.Cut cut = shortener.cutOf(1);
            if (cut == null) {
                assertThat(kept).isEqualTo(text.toString());
                continue;
            }
            String head = kept.substring(0, cut.headLength());
            String tail = kept.substring(cut.headLength());
            assertThat(text.toString()).startsWith(head).endsWith(tail);
            assertThat(head.length() + cut.missing() + tail.length()).isEqualTo(text.length());
            assertThat(head.length()).isBetween(7, 8);
            assertThat(tail.length()).isBetween(7, 8);
            assertThat(isInsidePair(text, head.length())).isFalse();
            assertThat(isInsidePair(text, text.length() - tail.length())).isFalse();
        }
    }

    @Test
    void what_stands_outside_of_texts_is_passed_on_unchanged() throws IOException {
        String text = "{\"a\" : [1, 2.5e3, true, null, {}], \"b\":\"c\"}";

        assertThat(drained(new LongStringShortener(new StringReader(text), 8, 8))).isEqualTo(text);
    }

    private static boolean isInsidePair(CharSequence text, int offset) {
        return offset > 0 && offset < text.length()
                && Character.isSurrogatePair(text.charAt(offset - 1), text.charAt(offset));
    }

    private static String escapedAtRandom(CharSequence text, Random random) {
        StringBuilder literal = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                literal.append('\\').append((char) c);
            } else if (random.nextBoolean()) {
                literal.append(String.format("\\u%04x", c));
            } else {
                literal.append((char) c);
            }
        });
        return literal.toString();
    }

    private static String rawControlsEscaped(String text) {
        return text.replace("\n", "\\n").replace("\0", "\\u0000");
    }

    private static String drained(Reader reader) throws IOException {
        StringWriter text = new StringWriter();
        reader.transferTo(text);
        return text.toString();
    }

    private static Reader inChunks(String text, int chunk) {
        return new StringReader(text) {
            @Override
            public int read(char[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, chunk));
            }
        };
    }
}
