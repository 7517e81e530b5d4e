package io.liveresponse.cli;

import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLException;
import org.apache.camel.util.ObjectHelper;

/** A ticket system that has nothing to read: only whether it can be connected to. Thread-safe. */
final class ReachableTicketSystem implements TicketSystemCheck {

    private static final String URL = "live-response.deliver.ticket.url";
    private final CheckHttp http;

    ReachableTicketSystem(CheckHttp http) {
        this.http = http;
    }

    @Override
    public Finding check(Settings settings) {
        URI url = URI.create(settings.text(URL));
        String place = url.getHost() + (url.getPort() > 0 ? ":" + url.getPort() : "");
        try {
            http.connect(url);
            return Finding.ok("ticket", null, place + " can be reached; nothing was sent, so the login was not tried");
        } catch (IOException e) {
            if (ObjectHelper.getException(SSLException.class, e) != null) {
                return Finding.wrong("ticket", null, place + " shows a certificate that is not trusted; check the host in " + URL
                        + ", or set live-response.tls.trust-store", URL);
            }
            return Finding.wrong("ticket", null,
                    place + " cannot be reached (" + e.getClass().getSimpleName() + "); check " + URL + ", the proxy and the firewall",
                    URL);
        }
    }
}
