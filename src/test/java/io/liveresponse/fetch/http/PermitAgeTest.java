package io.liveresponse.fetch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;

class PermitAgeTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 10);
    private final AtomicInteger sent = new AtomicInteger();

    private ClassicHttpRequest request() {
        ClassicHttpRequest request = new BasicClassicHttpRequest("GET", "/");
        request.setHeader(ApiHttpClient.PERMIT, Long.toString(nanoTime.get()));
        return request;
    }

    private void send(ClassicHttpRequest request) throws Exception {
        new PermitAge(nanoTime::get).execute(request, null, (asked, scope) -> {
            sent.incrementAndGet();
            assertThat(asked.containsHeader(ApiHttpClient.PERMIT)).isFalse();
            return new BasicClassicHttpResponse(200);
        });
    }

    @Test
    void a_call_that_was_counted_a_second_ago_is_sent_without_its_stamp() throws Exception {
        ClassicHttpRequest request = request();
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());

        send(request);

        assertThat(sent).hasValue(1);
    }

    @Test
    void a_call_that_was_counted_longer_ago_is_not_sent() {
        ClassicHttpRequest request = request();
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos() + 1);

        assertThatThrownBy(() -> send(request)).isInstanceOf(PermitExpiredException.class);
        assertThat(sent).hasValue(0);
    }

    @Test
    void a_call_that_nothing_counts_is_sent() throws Exception {
        send(new BasicClassicHttpRequest("GET", "/"));

        assertThat(sent).hasValue(1);
    }
}
