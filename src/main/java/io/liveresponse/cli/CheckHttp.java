package io.liveresponse.cli;

import io.liveresponse.fetch.http.ProxiedHttpClient;
import io.liveresponse.settings.HttpSettings;
import io.liveresponse.settings.ProxySettings;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP for the checks, on the way that the routes take: the proxy with its login, TLS settings and time-outs. Java's own client cannot
 * be used, since with a login for the proxy it drops the header {@code Authorization}. Thread-safe.
 */
final class CheckHttp {

    private static final String CONNECT_ONLY = "live-response-connect-only";

    private final CloseableHttpClient client;

    /** What was answered. */
    record Answer(int status, Optional<String> date) {
    }

    /** The proxy wants another login. */
    static final class ProxyLoginRefused extends IOException {

        private static final long serialVersionUID = 1L;
    }

    CheckHttp(Settings settings, SSLContext tls) {
        Timeout connect = Timeout.of(HttpSettings.of(settings).connect());
        Timeout response = Timeout.of(HttpSettings.of(settings).response());
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(response).build())
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom().setConnectTimeout(connect).setSocketTimeout(response).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(response).build())
                .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement()
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), CONNECT_ONLY, CheckHttp::unlessConnectOnly);
        new ProxiedHttpClient(plain -> {
        }, ProxySettings.of(settings)).configureHttpClient(builder);
        this.client = builder.build();
    }

    /** Reads with a login; the body is dropped. */
    Answer get(URI url, String authorization) throws IOException {
        HttpGet request = new HttpGet(url);
        request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        return send(request, HttpClientContext.create());
    }

    /** Connects and agrees on TLS; sends no request. */
    void connect(URI url) throws IOException {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(CONNECT_ONLY, true);
        send(new HttpHead(url), context);
    }

    private Answer send(ClassicHttpRequest request, HttpClientContext context) throws IOException {
        Answer answer = client.execute(request, context, response -> new Answer(response.getCode(),
                Optional.ofNullable(response.getFirstHeader(HttpHeaders.DATE)).map(date -> date.getValue())));
        if (answer.status() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
            throw new ProxyLoginRefused();
        }
        return answer;
    }

    /** When this is called, the connection is there, with its tunnel and TLS. */
    private static ClassicHttpResponse unlessConnectOnly(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext.getAttribute(CONNECT_ONLY) == null) {
            return chain.proceed(request, scope);
        }
        scope.execRuntime.discardEndpoint();
        return new BasicClassicHttpResponse(HttpStatus.SC_NO_CONTENT);
    }
}
