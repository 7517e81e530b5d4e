package io.liveresponse.camel;

import io.liveresponse.settings.HttpSettings;
import io.liveresponse.settings.Settings;
import jakarta.jms.ConnectionFactory;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.springframework.jms.connection.CachingConnectionFactory;

/** Connections to the brokers of {@code live-response.intake.jms.*} and {@code live-response.deliver.jms.*}, by AMQP 1.0. */
final class JmsConnections {

    private JmsConnections() {
    }

    /**
     * Not connected yet: a consumer opens a connection, and another if it breaks.
     *
     * @param prefix of the settings url, user and password
     */
    static ConnectionFactory of(String prefix, Settings settings, SSLContext tls) {
        HttpSettings timeouts = HttpSettings.of(settings);
        JmsConnectionFactory amqp = new JmsConnectionFactory(settings.text(prefix + "url"));
        amqp.setSslContext(tls);
        amqp.setConnectTimeout(timeouts.connectMillis());
        amqp.setRequestTimeout(timeouts.responseMillis());
        amqp.setSendTimeout(timeouts.responseMillis());
        settings.find(prefix + "user").ifPresent(amqp::setUsername);
        settings.find(prefix + "password").ifPresent(amqp::setPassword);
        return amqp;
    }

    /** Keeps one connection open until the context stops, and opens another if that one breaks. */
    static ConnectionFactory cached(CamelContext context, ConnectionFactory connections) {
        CachingConnectionFactory cached = new CachingConnectionFactory(connections);
        cached.setReconnectOnException(true);
        try {
            context.addService(new ServiceSupport() {
                @Override
                protected void doStop() {
                    cached.destroy();
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException("a service with nothing to start has started", e);
        }
        return cached;
    }
}
