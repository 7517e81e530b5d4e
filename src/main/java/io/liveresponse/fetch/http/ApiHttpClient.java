package io.liveresponse.fetch.http;

import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * The HTTP client of the calls of the Defender API, for the endpoint's {@code httpClientConfigurer}; the endpoint's time-outs, pool
 * and TLS settings stay as they are. Thread-safe.
 *
 * <p>Redirects, retries (which would bypass the quota), cookies and remembered credentials are off. Of an answer's header
 * fields {@code Retry-After} is left; a compressed answer arrives unpacked, see {@link AnswerFilter}. A request that was counted
 * too long ago is not sent, see {@link PermitAge}.
 */
public final class ApiHttpClient implements HttpClientConfigurer {

    /** A request header with the monotonic time, in nanoseconds, at which the call was counted; it is removed before the request is sent. */
    public static final String PERMIT = "Live-Response-Permit";

    private static final Set<String> KEPT = Set.of("retry-after");

    private final LongSupplier nanoTime;

    /** @param nanoTime the monotonic clock that stamps the calls, in nanoseconds */
    public ApiHttpClient(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        HttpClients.plain(builder)
                .addExecInterceptorFirst("live-response-answer", new AnswerFilter(KEPT))
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "live-response-permit", new PermitAge(nanoTime));
    }
}
