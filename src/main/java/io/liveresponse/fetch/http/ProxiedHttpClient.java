package io.liveresponse.fetch.http;

import io.liveresponse.settings.ProxySettings;
import java.util.Optional;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;

/** Another configurer's client, by way of the proxy of {@code live-response.proxy.} if one is set. Immutable and thread-safe. */
public final class ProxiedHttpClient implements HttpClientConfigurer {

    private final HttpClientConfigurer client;
    private final Optional<ProxySettings> proxy;

    /** @param proxy empty for a direct connection */
    public ProxiedHttpClient(HttpClientConfigurer client, Optional<ProxySettings> proxy) {
        this.client = client;
        this.proxy = proxy;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        client.configureHttpClient(builder);
        proxy.ifPresent(settings -> {
            builder.setRoutePlanner(new SystemDefaultRoutePlanner(settings.selector()));
            settings.user().ifPresent(user -> {
                BasicCredentialsProvider login = new BasicCredentialsProvider();
                login.setCredentials(new AuthScope(settings.host(), settings.port()),
                        new UsernamePasswordCredentials(user, settings.password().get().orElse("").toCharArray()));
                builder.setDefaultCredentialsProvider(login);
            });
        });
    }
}
