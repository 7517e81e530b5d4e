package io.liveresponse.fetch.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class CachedTokenTest {

    private final Redactor redactor = new Redactor();
    private final Queue<String> issued = new ArrayDeque<>(List.of("opaque-token-1", "opaque-token-2", "opaque-token-3"));
    private final AtomicLong nanos = new AtomicLong();
    private final CachedToken token = new CachedToken("scope", () -> scope -> Mono.fromSupplier(
            () -> new AccessToken(issued.remove(), OffsetDateTime.now().plusHours(1))), redactor,
            thrown -> new LiveResponseException(FailureCode.TOKEN_UNAVAILABLE, "none"), nanos::get);

    @Test
    void aRefusedTokenStaysHiddenWhileCallsThatItWasSentWithAreAnswered() throws Exception {
        String first = token.current();
        assertThat(token.refused(first)).isTrue();
        assertThat(redactor.redact("before the next: " + first)).isEqualTo("before the next: ***");

        String second = token.current();

        assertThat(second).isNotEqualTo(first);
        assertThat(redactor.redact(first + ", " + second)).isEqualTo("***, ***");
    }

    @Test
    void aReplacementIsReplacedOnlyIfItWasGoodForHalfAMinute() throws Exception {
        token.refused(token.current());
        String replacement = token.current();
        assertThat(token.refused(replacement)).isFalse();
        assertThat(token.current()).isEqualTo(replacement);

        nanos.addAndGet(Duration.ofSeconds(30).toNanos());

        assertThat(token.refused(replacement)).isTrue();
        assertThat(token.current()).isNotEqualTo(replacement);
    }

    @Test
    void aTokenWithoutATimeToRefreshItIsKeptUntilShortlyBeforeItExpires() {
        OffsetDateTime expires = OffsetDateTime.now().plusHours(1);
        OffsetDateTime epoch = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);

        AccessToken kept = CachedToken.refreshedInTime(new AccessToken("opaque-token", expires, epoch));

        assertThat(kept.getRefreshAt()).isNull();
        assertThat(kept.getToken()).isEqualTo("opaque-token");
        assertThat(kept.getExpiresAt()).isEqualTo(expires);
    }

    @Test
    void aTimeToRefreshATokenThatTheSignInHostNamesIsKept() {
        OffsetDateTime refresh = OffsetDateTime.now().plusHours(12);
        AccessToken named = new AccessToken("opaque-token", refresh.plusHours(12), refresh);

        assertThat(CachedToken.refreshedInTime(named).getRefreshAt()).isEqualTo(refresh);
    }
}
