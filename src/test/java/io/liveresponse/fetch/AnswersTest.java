package io.liveresponse.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.liveresponse.fetch.http.LinkGuardTest;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Redactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ApiError error(String text) {
        return ApiError.read(body(text), new Redactor());
    }

    @Test
    void theLinkIsTakenFromTheApisAnswerAsItStands() throws Exception {
        assertThat(LinkAnswer.link(body("{\"@odata.context\":\"https://x/$metadata#Edm.String\",\"value\":\"" + LinkGuardTest.SAMPLE + "\",\"new\":[1]}")))
                .isEqualTo(LinkGuardTest.SAMPLE);
        assertThat(LinkAnswer.link(body("\ufeff{\"value\":\"\\\"a\\u0026b\\\"\"}"))).isEqualTo("\"a&b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "\"https://a/secret\"", "[\"https://a/secret\"]", "[{\"value\":\"https://a/secret\"}]", "{}", "{\"value\":null}",
        "{\"value\":1}", "{\"value\":[\"https://a/secret\"]}", "{\"value\":{\"value\":\"https://a/secret\"}}", "{\"Value\":\"https://a/secret\"}",
        "{\"value\":\"https://a/secret\"", "{\"value\":\"https://a/secret\"} x", "{\"value\":\"https://a/secret\"}{}",
        "{\"value\":\"https://a/secret\",\"value\":\"https://b/secret\"}", "<html>secret</html>", "{'value':'https://a/secret'}", "https://a/secret"})
    void anAnswerWithoutOneLinkIsUnreadableAndNotQuoted(String answer) {
        LiveResponseException failure = catchThrowableOfType(LiveResponseException.class, () -> LinkAnswer.link(body(answer)));

        assertThat(failure.getCode()).isEqualTo(FailureCode.LINK_ANSWER_UNREADABLE);
        assertThat(failure).hasMessageNotContaining("secret").hasNoCause();
    }

    @Test
    void nestingAndSizeBeyondAllReasonAreUnreadable() {
        for (String answer : new String[] {"[".repeat(60_000), "{\"value\":\"" + "a".repeat(LinkAnswer.MAX_BYTES) + "\"}"}) {
            assertThatThrownBy(() -> LinkAnswer.link(body(answer))).isInstanceOf(LiveResponseException.class);
        }
        assertThatThrownBy(() -> LinkAnswer.link(null)).isInstanceOf(LiveResponseException.class);
    }

    @Test
    void anEndlessAnswerIsReadOnlyToTheCap() {
        InputStream endless = new InputStream() {
            private int left = 2 * LinkAnswer.MAX_BYTES;

            @Override
            public int read() throws IOException {
                if (--left < 0) {
                    throw new IOException("read too far");
                }
                return ' ';
            }
        };

        assertThatThrownBy(() -> LinkAnswer.link(endless)).isInstanceOf(LiveResponseException.class).hasMessageContaining("larger");
    }

    @Test
    void aConnectionThatBreaksIsToldFromAnUnreadableAnswer() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };

        assertThatThrownBy(() -> LinkAnswer.link(broken)).isInstanceOf(IOException.class).hasMessage("reset");
        assertThat(ApiError.read(broken, new Redactor()).text()).isEmpty();
    }

    @Test
    void theApisErrorIsReadWithItsTarget() {
        ApiError error = error("{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"Machine action was not found\",\"target\":\"6bf9\"}}");

        assertThat(error).isEqualTo(new ApiError("ResourceNotFound", "Machine action was not found", "6bf9"));
        assertThat(error.text()).contains("ResourceNotFound: Machine action was not found");
    }

    @Test
    void theSignInServicesFormIsReadToo() {
        assertThat(error("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215\"}"))
                .isEqualTo(new ApiError("invalid_client", "AADSTS7000215", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "1", "\"x\"", "{\"error\":null}", "{\"error\":{}}", "{\"error\":{\"code\":1,\"message\":[],\"target\":{}}}",
        "{\"error\":{\"code\":\"\",\"message\":\" \\u0000 \"}}", "<html><body>Bad gateway</body></html>", "{\"error\":{\"code\":\"Cut", "\u0000\u0001"})
    void anythingElseIsAnErrorWithoutTexts(String answer) {
        assertThat(error(answer)).isEqualTo(new ApiError(null, null, null));
        assertThat(error(answer).text()).isEmpty();
        assertThat(ApiError.read(null, new Redactor()).text()).isEmpty();
    }

    @Test
    void theTextsOfAnErrorAreOneShortCleanLineEach() {
        ApiError error = error("{\"error\":{\"code\":\"A\\r\\nB\",\"message\":\"see https://a/b?sig=abc\\u202e\\u0007\\ud800 " + "x".repeat(9_000)
                + "\",\"target\":\"Bearer\\u0000abcdefgh\"}}");

        assertThat(error.code()).isEqualTo("A B");
        assertThat(error.target()).isEqualTo("Bearer ***");
        assertThat(error.message()).startsWith("see https://a/b?***").endsWith("…").hasSize(501);
        assertThat(error.message().chars()).noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE);
    }
}
