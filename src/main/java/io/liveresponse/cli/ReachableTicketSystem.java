package io.liveresponse.cli;

import io.liveresponse.settings.HttpSettings;
import io.liveresponse.settings.ProxySettings;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A ticket system that has nothing to read: only whether it can be connected to. Thread-safe. */
final class ReachableTicketSystem implements TicketSystemCheck {

    private static final String URL = "live-response.deliver.ticket.url";
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final SSLContext tls;

    ReachableTicketSystem(SSLContext tls) {
        this.tls = tls;
    }

    @Override
    public Finding check(Settings settings) {
        URI url = URI.create(settings.text(URL));
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : secure ? HTTPS : HTTP;
        String place = url.getHost() + ":" + port;
        Optional<Proxy> proxy = ProxySettings.of(settings).map(set -> set.selector().select(url).get(0))
                .filter(one -> one.type() == Proxy.Type.HTTP)
                .map(one -> new Proxy(Proxy.Type.HTTP, resolved((InetSocketAddress) one.address())));
        try (Socket socket = proxy.map(Socket::new).orElseGet(Socket::new)) {
            socket.connect(proxy.isPresent()
                    ? InetSocketAddress.createUnresolved(url.getHost(), port)
                    : new InetSocketAddress(url.getHost(), port), HttpSettings.of(settings).connectMillis());
            socket.setSoTimeout(HttpSettings.of(settings).responseMillis());
            if (secure) {
                shakeHands(socket, url.getHost(), port);
            }
            return Finding.ok("ticket", null, place + " can be reached; nothing was sent, so the login was not tried");
        } catch (SSLException e) {
            return Finding.wrong("ticket", null, place + " shows a certificate that is not trusted; check the host in " + URL
                    + ", or set live-response.tls.trust-store", URL);
        } catch (IOException e) {
            return Finding.wrong("ticket", null,
                    place + " cannot be reached (" + e.getClass().getSimpleName() + "); check " + URL + " and the firewall", URL);
        }
    }

    private static InetSocketAddress resolved(InetSocketAddress address) {
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    private void shakeHands(Socket socket, String host, int port) throws IOException {
        try (SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, port, true)) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
        }
    }
}
