package io.liveresponse.intake;

import io.liveresponse.settings.Settings;
import jakarta.jms.ConnectionFactory;
import javax.net.ssl.SSLContext;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Connections to the broker of {@code live-response.intake.jms.*}, by AMQP 1.0. */
public final class JmsConnections {

    private static final String PREFIX = "live-response.intake.jms.";

    private JmsConnections() {
    }

    /** Not connected yet: the consumer opens a connection, and another if it breaks. */
    public static ConnectionFactory of(Settings settings, SSLContext tls) {
        JmsConnectionFactory amqp = new JmsConnectionFactory(settings.text(PREFIX + "url"));
        amqp.setSslContext(tls);
        amqp.setConnectTimeout(settings.integer("live-response.http.connect-timeout"));
        amqp.setRequestTimeout(settings.integer("live-response.http.response-timeout"));
        settings.find(PREFIX + "user").ifPresent(amqp::setUsername);
        settings.find(PREFIX + "password").ifPresent(amqp::setPassword);
        return amqp;
    }
}
