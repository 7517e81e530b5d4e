package io.liveresponse.deliver.ticket;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.ProxySettings;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import javax.net.ssl.SSLContext;
import reactor.core.publisher.Mono;

/**
 * Gets a token from ServiceNow's own {@code /oauth_token.do} by client credentials (RFC 6749, 4.4). Its failures are
 * {@link LiveResponseException}s without any word of the answer, which may hold the token. Thread-safe.
 */
final class TicketSystemToken implements TokenCredential {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "live-response.deliver.ticket.";
    private static final int SHORTEST_LIFE = 60;

    private final Settings settings;
    private final Clock clock;
    private final HttpClient http;

    TicketSystemToken(Settings settings, SSLContext tls, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        HttpClient.Builder client = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofMillis(settings.integer("live-response.http.connect-timeout")));
        ProxySettings.of(settings).ifPresent(proxy -> client.proxy(proxy.selector()).authenticator(proxy.authenticator()));
        this.http = client.build();
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext scope) {
        return Mono.fromCallable(this::fetch);
    }

    private AccessToken fetch() throws LiveResponseException {
        String form = "grant_type=client_credentials&client_id=" + TicketCall.encode(settings.text(PREFIX + "client-id"))
                + "&client_secret=" + TicketCall.encode(settings.text(PREFIX + "client-secret"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.text(PREFIX + "url").replaceFirst("/+$", "") + "/oauth_token.do"))
                .timeout(Duration.ofMillis(settings.integer("live-response.http.response-timeout")))
                .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            JsonNode json = status == 200 ? JSON.readTree(answer.body()) : JSON.missingNode();
            if (json.path("access_token").asText().isEmpty()) {
                boolean passing = status == 200 || status == 408 || status == 429 || status >= 500;
                throw new LiveResponseException(passing ? FailureCode.DELIVERY_UNAVAILABLE : FailureCode.DELIVERY_REFUSED,
                        "the desk gives no token (HTTP " + status + "); check " + PREFIX + "client-id and " + PREFIX + "client-secret");
            }
            int life = Math.max(SHORTEST_LIFE, json.path("expires_in").asInt());
            return new AccessToken(json.path("access_token").asText(), OffsetDateTime.now(clock).plusSeconds(life));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private static LiveResponseException unreachable(Exception thrown) {
        return new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE,
                "the desk's /oauth_token.do cannot be reached (" + thrown.getClass().getSimpleName() + ")");
    }
}
