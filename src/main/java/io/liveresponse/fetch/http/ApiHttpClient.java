package io.liveresponse.fetch.http;

import java.util.Set;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * The HTTP client of the hop to the Defender API, for the endpoint's {@code httpClientConfigurer}; the endpoint's time-outs, pool
 * and TLS settings stay as they are. Stateless.
 *
 * <p>Redirects, retries (which would go past the quota), cookies and remembered credentials are off. Of an answer's header
 * fields {@code Retry-After} is left; a compressed answer arrives unpacked, see {@link AnswerFilter}.
 */
public final class ApiHttpClient implements HttpClientConfigurer {

    private static final Set<String> KEPT = Set.of("retry-after");

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        HttpClients.plain(builder).addExecInterceptorFirst("live-response-answer", new AnswerFilter(KEPT));
    }
}
