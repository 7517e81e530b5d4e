package io.liveresponse.deliver.ticket;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.HttpSettings;
import io.liveresponse.settings.ProxySettings;
import io.liveresponse.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.camel.util.ObjectHelper;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Mono;

/**
 * Gets a token from ServiceNow's own {@code /oauth_token.do} by client credentials (RFC 6749, 4.4). Its failures are
 * {@link LiveResponseException}s without any word of the answer, which may hold the token; an answer must come whole within live-response.http.response-timeout. Thread-safe.
 */
final class TicketSystemToken implements TokenCredential {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "live-response.deliver.ticket.";
    private static final int SHORTEST_LIFE = 60;
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final Settings settings;
    private final Clock clock;
    private final Duration patience;
    private final HttpClient http;

    private TicketSystemToken(Settings settings, SSLContext tls, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        HttpSettings http = HttpSettings.of(settings);
        this.patience = http.response();
        HttpClient.Builder client = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(http.connect());
        ProxySettings.of(settings).ifPresent(proxy -> proxy.applyTo(client));
        this.http = client.build();
    }

    /** Here and not at its user, since the verifier would load Azure's signed jar at each start, also where nobody asks for a token. */
    static Supplier<TokenCredential> supplier(Settings settings, Supplier<SSLContext> tls, Clock clock) {
        return () -> new TicketSystemToken(settings, tls.get(), clock);
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext scope) {
        return Mono.fromCompletionStage(() -> http.sendAsync(request(), HttpResponse.BodyHandlers.ofPublisher()))
                .flatMap(answer -> whole(answer.body()).flatMap(body -> Mono.fromCallable(() -> token(answer.statusCode(), body))))
                .timeout(patience)
                .onErrorMap(thrown -> ObjectHelper.getException(LiveResponseException.class, thrown) == null,
                        TicketSystemToken::unreachable);
    }

    private HttpRequest request() {
        String form = "grant_type=client_credentials&client_id=" + TicketCall.encode(settings.text(PREFIX + "client-id"))
                + "&client_secret=" + TicketCall.encode(settings.text(PREFIX + "client-secret"));
        return HttpRequest.newBuilder(URI.create(settings.text(PREFIX + "url").replaceFirst("/+$", "") + "/oauth_token.do"))
                .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build();
    }

    /** Up to {@value #LONGEST_ANSWER} bytes; a cancelled or failed subscription drops the connection. */
    private static Mono<byte[]> whole(Flow.Publisher<List<ByteBuffer>> body) {
        return JdkFlowAdapter.flowPublisherToFlux(body).concatMapIterable(parts -> parts)
                .reduceWith(ByteArrayOutputStream::new, TicketSystemToken::append).map(ByteArrayOutputStream::toByteArray);
    }

    private static ByteArrayOutputStream append(ByteArrayOutputStream all, ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        all.writeBytes(bytes);
        if (all.size() > LONGEST_ANSWER) {
            throw new IllegalStateException("an answer of more than " + LONGEST_ANSWER + " bytes");
        }
        return all;
    }

    private AccessToken token(int status, byte[] body) throws LiveResponseException, IOException {
        JsonNode json = status == 200 ? JSON.readTree(body) : JSON.missingNode();
        if (json.path("access_token").asText().isEmpty()) {
            boolean unavailable = status == 200 || status == 408 || status == 429 || status >= 500;
            throw new LiveResponseException(unavailable ? FailureCode.DELIVERY_UNAVAILABLE : FailureCode.DELIVERY_REFUSED,
                    "the ticket system gives no token (HTTP " + status + "); check " + PREFIX + "client-id and " + PREFIX
                            + "client-secret");
        }
        int life = Math.max(SHORTEST_LIFE, json.path("expires_in").asInt());
        return new AccessToken(json.path("access_token").asText(), OffsetDateTime.now(clock).plusSeconds(life));
    }

    private static LiveResponseException unreachable(Throwable thrown) {
        return new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE,
                "the ticket system's /oauth_token.do gives no answer that can be read (" + thrown.getClass().getSimpleName() + ")");
    }
}
