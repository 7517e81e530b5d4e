package io.liveresponse.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptOutputReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"exit_code\":0,\"script_output\":\"a\\u0062\\\\n\\/\\t\",\"x\":\"y\"}|ab\\n/\t!",
            "{\"x\":{\"script_output\":\"no\"},\"y\":[\"script_output\",\"no\"],\"script_output\" : \"yes\"}|yes!",
            "{\"x\":\"script_output\",\"script\\u005foutput\":\"yes\"}|yes!",
            "{\"script_output\":null,\"script_errors\":\"no\"}|!",
            "{\"script_output_2\":\"no\"}|!",
            "{\"script_output\":\"\"}|!"})
    void it_finds_the_field_of_the_object_itself_and_decodes_its_text(String json, String expected) throws IOException {
        assertThat(read(json, 8_192) + "!").isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8_192})
    void a_surrogate_pair_stays_whole_and_a_half_becomes_a_replacement_whatever_the_buffer(int buffer) throws IOException {
        String json = "{\"script_output\":\"\\ud83d\\ude00x\\ud83d\\ud83d\\ude00\\ude00\\ud83d\"}";

        assertThat(read(json, buffer)).isEqualTo("\ud83d\ude00x\ufffd\ud83d\ude00\ufffd\ufffd");
    }

    @Test
    void a_transcript_that_breaks_off_is_told() {
        assertThatThrownBy(() -> read("{\"script_output\":\"ab", 8_192)).isInstanceOfSatisfying(UnreadableException.class,
                e -> assertThat(e.reason()).isEqualTo(UnreadableReason.CUT_SHORT));
    }

    private static String read(String json, int buffer) throws IOException {
        StringWriter text = new StringWriter();
        char[] chars = new char[buffer];
        try (Reader reader = new ScriptOutputReader(new StringReader(json))) {
            for (int count = reader.read(chars); count >= 0; count = reader.read(chars)) {
                text.write(chars, 0, count);
            }
        }
        return text.toString();
    }
}
