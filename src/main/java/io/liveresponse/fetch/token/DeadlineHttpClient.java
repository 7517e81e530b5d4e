package io.liveresponse.fetch.token;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Gives an answer whole and in time, or not at all. The JDK's own time-outs end with an answer's head or start again with each
 * byte, so a sign-in host that says nothing, or one byte a second, would hold every thread that needs its token. Thread-safe.
 */
final class DeadlineHttpClient implements HttpClient {

    private final HttpClient client;
    private final Duration patience;

    /** @param patience how long an answer may take altogether, the connection included */
    DeadlineHttpClient(HttpClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return client.send(request).flatMap(DeadlineHttpClient::whole)
                .timeout(patience, Mono.error(() -> new HttpTimeoutException("no whole answer in " + patience)));
    }

    private static Mono<HttpResponse> whole(HttpResponse answer) {
        HttpResponse buffered = answer.buffer();
        return buffered.getBodyAsByteArray().thenReturn(buffered);
    }
}
