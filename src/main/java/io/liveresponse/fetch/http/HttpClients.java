package io.liveresponse.fetch.http;

import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** What the clients of both hops have in common: one request on the wire for one that a route makes, and no memory between two. */
final class HttpClients {

    private HttpClients() {
    }

    static HttpClientBuilder plain(HttpClientBuilder builder) {
        return builder.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching();
    }
}
