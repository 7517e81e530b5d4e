package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PropertiesLinesTest {

    @Test
    void anEntryIsFoundOnTheLineOnWhichItBegins() {
        String text = "# a=1\n\n  ! b=2\r\nlong = one,\\\n    two,\\\r\n  # three\r\tcolon:x\nblank y\nlone\nesc\\ aped\\=key=\\u0041\\t";

        List<PropertiesLines.Entry> entries = PropertiesLines.read(text);

        assertThat(entries).containsExactly(
                new PropertiesLines.Entry(4, "long", "one,two,# three"),
                new PropertiesLines.Entry(7, "colon", "x"),
                new PropertiesLines.Entry(8, "blank", "y"),
                new PropertiesLines.Entry(9, "lone", ""),
                new PropertiesLines.Entry(10, "esc aped=key", "A\t"));
    }

    @Test
    void aMalformedEscapeKeepsItsKeyAndHasNoValue() {
        assertThat(PropertiesLines.read("a=1\npath=C:\\users\nb=2")).containsExactly(
                new PropertiesLines.Entry(1, "a", "1"),
                new PropertiesLines.Entry(2, "path", null),
                new PropertiesLines.Entry(3, "b", "2"));
    }

    @RepeatedTest(300)
    void anyTextMeansWhatPropertiesTakesItFor(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder text = new StringBuilder();
        String alphabet = "ab\\\\\\\n\n\r =:#!\t\f";
        random.ints(random.nextInt(60), 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
        Properties expected = new Properties();
        expected.load(new StringReader(text.toString()));

        Map<Object, Object> read = new HashMap<>();
        PropertiesLines.read(text.toString()).forEach(entry -> read.put(entry.key(), entry.value()));

        // a lone backslash at the very end is an entry without key and value to Properties, and nothing to us
        expected.remove("");
        read.remove("");
        assertThat(read).as("%s", text).isEqualTo(new HashMap<>(expected));
    }
}
