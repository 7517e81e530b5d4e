package io.liveresponse.fetch.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * The HTTP client of the hop to the blob store, for the endpoint's {@code httpClientConfigurer}; the endpoint's time-outs, pool and
 * TLS settings stay as they are. Immutable and thread-safe.
 *
 * <p>What goes out is the request line and {@code Host}, {@code Connection}, {@code User-Agent}: whatever a route adds, a bearer
 * above all, stops here. Nothing is asked for compressed and nothing is decompressed, since bytes are kept as received. Redirects,
 * retries, cookies and remembered credentials are off. Where a request may go, see {@link PinnedAddress}; what comes in, see
 * {@link AnswerFilter}.
 *
 * <p>Camel encodes a {@code ~} of the link as {@code %7E}; here it becomes a {@code ~} again. A link that holds {@code %7E} itself, which
 * the store's own software does not write, thus arrives with {@code ~}: the same to the store, which decodes before it checks a signature.
 */
public final class BlobHttpClient implements HttpClientConfigurer {

    private static final Set<String> SENT = Set.of("host", "connection", "user-agent");
    private static final Set<String> KEPT = Set.of("content-length", "transfer-encoding", "content-disposition", "retry-after",
            "x-ms-error-code");

    private final LinkGuard guard;
    private final DnsResolver resolver;

    /** Looks names up as Java does. */
    public BlobHttpClient(LinkGuard guard) {
        this(guard, SystemDefaultDnsResolver.INSTANCE);
    }

    /** @param resolver asked once for each request, by the thread that makes it */
    public BlobHttpClient(LinkGuard guard, DnsResolver resolver) {
        this.guard = guard;
        this.resolver = resolver;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        HttpClients.plain(builder)
                .disableContentCompression()
                .addRequestInterceptorLast(BlobHttpClient::strip)
                .addExecInterceptorFirst("live-response-address", new PinnedAddress(guard, resolver))
                .addExecInterceptorFirst("live-response-answer", new AnswerFilter(KEPT));
    }

    private static void strip(HttpRequest request, EntityDetails body, HttpContext context) {
        for (Header header : request.getHeaders()) {
            if (!SENT.contains(header.getName().toLowerCase(Locale.ROOT))) {
                request.removeHeaders(header.getName());
            }
        }
        request.setPath(request.getPath().replace("%7E", "~"));
    }
}
