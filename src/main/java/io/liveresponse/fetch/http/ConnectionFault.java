package io.liveresponse.fetch.http;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.apache.camel.util.ObjectHelper;

/** Says in a few words why there was no answer, without address and without the words of the library. Stateless. */
public final class ConnectionFault {

    private ConnectionFault() {
    }

    /** @return the cause, to be put after the name of the peer and a colon */
    public static String reason(Throwable thrown) {
        if (is(thrown, SocketTimeoutException.class) || is(thrown, HttpTimeoutException.class)) {
            return "it took too long (live-response.http.connect-timeout, live-response.http.response-timeout)";
        }
        if (is(thrown, UnknownHostException.class) || is(thrown, UnresolvedAddressException.class)) {
            return "its name is not known to the DNS";
        }
        if (is(thrown, SSLException.class)) {
            return "its certificate is not trusted or TLS failed; see live-response.tls.trust-store";
        }
        if (is(thrown, ConnectException.class)) {
            return "it refuses connections";
        }
        return thrown.getClass().getSimpleName();
    }

    private static boolean is(Throwable thrown, Class<? extends Throwable> kind) {
        return ObjectHelper.getException(kind, thrown) != null;
    }
}
