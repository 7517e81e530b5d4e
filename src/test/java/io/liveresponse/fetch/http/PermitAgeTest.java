package io.liveresponse.fetch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;

class PermitAgeTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 10);
    private final List<String> asked = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();

    private ClassicHttpRequest request() {
        ClassicHttpRequest request = new BasicClassicHttpRequest("GET", "/");
        request.setHeader(ApiHttpClient.PERMIT, Long.toString(nanoTime.get()));
        return request;
    }

    private void send(ClassicHttpRequest request) throws Exception {
        ExecRuntime runtime = (ExecRuntime) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{ExecRuntime.class},
                (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return null;
                });
        ExecChain.Scope scope = new ExecChain.Scope("test", new HttpRoute(new HttpHost("localhost", 443)), request, runtime,
                HttpClientContext.create());
        new PermitAge(nanoTime::get).execute(request, scope, (last, same) -> {
            sent.incrementAndGet();
            assertThat(last.containsHeader(ApiHttpClient.PERMIT)).isFalse();
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
        assertThat(asked).as("the connection stays for the next attempt").containsExactly("markConnectionReusable", "releaseEndpoint");
    }

    @Test
    void a_call_that_nothing_counts_is_sent() throws Exception {
        send(new BasicClassicHttpRequest("GET", "/"));

        assertThat(sent).hasValue(1);
    }
}
