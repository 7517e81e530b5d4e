package io.liveresponse.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.liveresponse.fetch.http.LinkGuardTest;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Redactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

    private static final JsonMapper STRICT = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ApiError error(String text) {
        return ApiError.read(body(text), new Redactor());
    }

    /** As call-api leaves it, for the JSON data format of fetch-attempt. */
    private static String link(String answer) throws Exception {
        return STRICT.readerFor(DownloadLinkAnswer.class).<DownloadLinkAnswer>readValue(answer.getBytes(StandardCharsets.UTF_8)).link();
    }

    @Test
    void the_link_is_taken_from_the_answer_as_it_stands() throws Exception {
        assertThat(link("{\"@odata.context\":\"https://x/$metadata#Edm.String\",\"value\":\"" + LinkGuardTest.SAMPLE + "\",\"new\":[1]}"))
                .isEqualTo(LinkGuardTest.SAMPLE);
        assertThat(link("\ufeff{\"value\":\"\\\"a\\u0026b\\\"\"}")).isEqualTo("\"a&b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"value\":null}", "{\"value\":1}", "{\"value\":[\"https://a/secret\"]}",
            "{\"value\":{\"value\":\"https://a/secret\"}}",
            "{\"Value\":\"https://a/secret\"}"})
    void an_answer_without_a_text_has_no_link(String answer) throws Exception {
        assertThat(link(answer)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"https://a/secret\"", "[\"https://a/secret\"]", "[{\"value\":\"https://a/secret\"}]",
            "{\"value\":\"https://a/secret\"", "{\"value\":\"https://a/secret\"} x", "{\"value\":\"https://a/secret\"}{}",
            "{\"value\":\"https://a/secret\",\"value\":\"https://b/secret\"}", "<html>secret</html>", "{'value':'https://a/secret'}",
            "https://a/secret"})
    void an_answer_that_is_no_such_json_is_unreadable_and_not_quoted(String answer) {
        Throwable thrown = catchThrowable(() -> link(answer));
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable(FetchVariables.CALL, "LINK");
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, thrown);

        LiveResponseException failure = catchThrowableOfType(LiveResponseException.class,
                () -> new ApiErrorTranslator().process(exchange));

        assertThat(thrown).isInstanceOf(JacksonException.class);
        assertThat(failure.getCode()).isEqualTo(FailureCode.LINK_ANSWER_UNREADABLE);
        assertThat(failure).hasMessageNotContaining("secret").hasNoCause();
        assertThat(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)).isSameAs(failure);
    }

    @Test
    void nesting_beyond_reason_is_unreadable() {
        assertThatThrownBy(() -> link("[".repeat(60_000))).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> link("{\"value\":" + "[".repeat(20_000))).isInstanceOf(JacksonException.class);
    }

    @Test
    void an_endless_answer_is_read_only_to_the_limit() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return ' ';
            }
        };

        LiveResponseException failure = catchThrowableOfType(LiveResponseException.class, () -> answer(200, endless));

        assertThat(failure.getCode()).isEqualTo(FailureCode.LINK_ANSWER_UNREADABLE);
        assertThat(failure).hasMessageContaining("larger");
        assertThat(read).hasValue(ApiCall.LINK.maxBytes + 1);
    }

    @Test
    void a_connection_that_breaks_is_told_from_an_unreadable_answer() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };

        assertThatThrownBy(() -> answer(200, broken)).isInstanceOf(IOException.class).hasMessage("reset");
        assertThat(ApiError.read(broken, new Redactor()).text()).isEmpty();
    }

    private static void answer(int status, InputStream body) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable(FetchVariables.CALL, "LINK");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(body);
        new ApiAnswerProcessor(null, call -> null, name -> null, new Redactor(), Duration.ofSeconds(1), Clock.systemUTC())
                .process(exchange);
    }

    @Test
    void theApisErrorIsReadWithItsTarget() {
        ApiError error = error(
                "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"Machine action was not found\",\"target\":\"6bf9\"}}");

        assertThat(error).isEqualTo(new ApiError("ResourceNotFound", "Machine action was not found", "6bf9"));
        assertThat(error.text()).contains("ResourceNotFound: Machine action was not found");
    }

    @Test
    void theSignInServicesFormIsReadToo() {
        assertThat(error("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215\"}"))
                .isEqualTo(new ApiError("invalid_client", "AADSTS7000215", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "1", "\"x\"", "{\"error\":null}", "{\"error\":{}}",
            "{\"error\":{\"code\":1,\"message\":[],\"target\":{}}}",
            "{\"error\":{\"code\":\"\",\"message\":\" \\u0000 \"}}", "<html><body>Bad gateway</body></html>", "{\"error\":{\"code\":\"Cut",
            "\u0000\u0001"})
    void anythingElseIsAnErrorWithoutTexts(String answer) {
        assertThat(error(answer)).isEqualTo(new ApiError(null, null, null));
        assertThat(error(answer).text()).isEmpty();
        assertThat(ApiError.read(null, new Redactor()).text()).isEmpty();
    }

    @Test
    void theTextsOfAnErrorAreOneShortCleanLineEach() {
        ApiError error = error(
                "{\"error\":{\"code\":\"A\\r\\nB\",\"message\":\"see https://a/b?sig=abc\\u202e\\u0007\\ud800 " + "x".repeat(9_000)
                        + "\",\"target\":\"Bearer\\u0000abcdefgh\"}}");

        assertThat(error.code()).isEqualTo("A B");
        assertThat(error.target()).isEqualTo("Bearer ***");
        assertThat(error.message()).startsWith("see https://a/b?***").endsWith("…").hasSize(501);
        assertThat(error.message().chars()).noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE);
    }
}
