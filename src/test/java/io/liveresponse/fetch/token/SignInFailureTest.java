package io.liveresponse.fetch.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said if no answer comes from the sign-in host. */
class SignInFailureTest {

    private static final String RAW = "{\"error\": \"raw words of a library\"}";

    static Stream<Arguments> faults() {
        return Stream.of(Arguments.of(new UnknownHostException(RAW), "its name is not known to the DNS"),
                Arguments.of(new ConnectException(RAW).initCause(new UnresolvedAddressException()), "its name is not known to the DNS"),
                Arguments.of(new ConnectException(RAW), "it refuses connections"),
                Arguments.of(new HttpTimeoutException(RAW), "it took too long (live-response.http.connect-timeout"),
                Arguments.of(new IOException(RAW), "IOException"),
                Arguments.of(new SSLHandshakeException(RAW), "live-response.tls.trust-store"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_missing_answer_is_named_by_its_cause_and_never_in_the_words_of_a_library(Throwable fault, String reason) {
        LiveResponseException failure = SignInFailure.of("contoso", "live-response.tenant.contoso.scope",
                new RuntimeException(RAW, fault));

        assertThat(failure.getCode()).isEqualTo(FailureCode.TOKEN_UNAVAILABLE);
        assertThat(failure.getMessage()).startsWith("the sign-in host of tenant contoso ").contains(reason).doesNotContain("raw words");
    }
}
