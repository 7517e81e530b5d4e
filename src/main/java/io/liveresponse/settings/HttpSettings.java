package io.liveresponse.settings;

import java.net.http.HttpClient;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * The time-outs {@code live-response.http.*} of all outgoing connections. Immutable.
 *
 * @param connectMillis  to open a connection
 * @param responseMillis to wait for an answer, or for the next bytes of one
 */
public record HttpSettings(int connectMillis, int responseMillis) {

    /** @throws InvalidSettingException if a value is malformed */
    public static HttpSettings of(Settings settings) {
        return new HttpSettings(settings.integer("live-response.http.connect-timeout"),
                settings.integer("live-response.http.response-timeout"));
    }

    public Duration connect() {
        return Duration.ofMillis(connectMillis);
    }

    public Duration response() {
        return Duration.ofMillis(responseMillis);
    }

    /** A client for HTTP/1.1 with the connect time-out and the proxy of the settings; each request sets its own time-out. */
    public static HttpClient client(Settings settings, SSLContext tls) {
        HttpClient.Builder client = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(of(settings).connect());
        ProxySettings.of(settings).ifPresent(proxy -> client.proxy(proxy.selector()).authenticator(proxy.authenticator()));
        return client.build();
    }
}
