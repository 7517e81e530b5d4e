package io.liveresponse.settings;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The HTTP proxy of {@code live-response.proxy.}, for every outgoing HTTP call of the bundle. Immutable and thread-safe.
 *
 * @param host     not null
 * @param port     from 1 to 65535
 * @param user     the login name; empty if the proxy requires no login
 * @param password looked up on each call; may throw {@link InvalidSettingException}
 * @param noProxy  hosts that are called directly: a name, an address, or {@code .suffix} or {@code *.suffix} for every host below it
 */
public record ProxySettings(String host, int port, Optional<String> user, Supplier<Optional<String>> password, List<String> noProxy) {

    private static final String PREFIX = "live-response.proxy.";
    /** The metadata service that managed identities ask, which no proxy reaches. */
    private static final String METADATA = "169.254.169.254";

    /** @return empty if no proxy is set */
    public static Optional<ProxySettings> of(Settings settings) {
        return settings.find(PREFIX + "url").map(url -> {
            URI address = URI.create(settings.text(PREFIX + "url"));
            return new ProxySettings(address.getHost(), address.getPort(), settings.find(PREFIX + "user"),
                    () -> settings.find(PREFIX + "password"), settings.list(PREFIX + "no-proxy"));
        });
    }

    /** Whether the host is called without the proxy. */
    public boolean bypasses(String target) {
        String wanted = target.toLowerCase(Locale.ROOT);
        return wanted.equals(METADATA) || noProxy.stream().map(entry -> entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*", ""))
                .anyMatch(entry -> entry.startsWith(".") ? wanted.endsWith(entry) : wanted.equals(entry));
    }

    /** For clients that take Java's own type. */
    public ProxySelector selector() {
        return new Selector(this);
    }

    /**
     * Sends the client's calls through the proxy. A client with a login drops each request's own {@code Authorization} header, so this
     * is for calls without one.
     */
    public void applyTo(HttpClient.Builder client) {
        client.proxy(selector());
        if (user.isPresent()) {
            client.authenticator(authenticator());
        }
    }

    /** Gives the login to this proxy only. */
    public Authenticator authenticator() {
        return new Login(this);
    }

    /** The address and whether there is a login; never the login itself. */
    @Override
    public String toString() {
        return host + ":" + port + (user.isPresent() ? " with a login" : "");
    }

    private static final class Selector extends ProxySelector {

        private final ProxySettings settings;

        Selector(ProxySettings settings) {
            this.settings = settings;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(uri.getHost() == null || settings.bypasses(uri.getHost())
                    ? Proxy.NO_PROXY
                    : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(settings.host, settings.port)));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException thrown) {
            // the caller gets the exception
        }
    }

    private static final class Login extends Authenticator {

        private final ProxySettings settings;

        Login(ProxySettings settings) {
            this.settings = settings;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            boolean ours = getRequestorType() == RequestorType.PROXY && settings.host.equalsIgnoreCase(getRequestingHost())
                    && settings.port == getRequestingPort();
            return ours && settings.user.isPresent()
                    ? new PasswordAuthentication(settings.user.get(), settings.password.get().orElse("").toCharArray())
                    : null;
        }
    }
}
