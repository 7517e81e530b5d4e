package io.liveresponse.deliver;

import io.liveresponse.settings.Settings;
import jakarta.jms.ConnectionFactory;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.springframework.jms.connection.CachingConnectionFactory;

/** The connections to the broker of {@code live-response.deliver.jms.*}, by AMQP 1.0. */
public final class JmsSettings {

    private static final String PREFIX = "live-response.deliver.jms.";

    private JmsSettings() {
    }

    /** Keeps one connection open until the context stops, and opens another if that one breaks. */
    public static ConnectionFactory connectionFactory(CamelContext context, Settings settings, SSLContext tls) {
        JmsConnectionFactory amqp = new JmsConnectionFactory(settings.text(PREFIX + "url"));
        amqp.setSslContext(tls);
        amqp.setConnectTimeout(settings.integer("live-response.http.connect-timeout"));
        amqp.setRequestTimeout(settings.integer("live-response.http.response-timeout"));
        amqp.setSendTimeout(settings.integer("live-response.http.response-timeout"));
        settings.find(PREFIX + "user").ifPresent(amqp::setUsername);
        settings.find(PREFIX + "password").ifPresent(amqp::setPassword);
        CachingConnectionFactory cached = new CachingConnectionFactory(amqp);
        cached.setReconnectOnException(true);
        closeWith(context, cached);
        return cached;
    }

    private static void closeWith(CamelContext context, CachingConnectionFactory connections) {
        try {
            context.addService(new ServiceSupport() {
                @Override
                protected void doStop() {
                    connections.destroy();
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException("a service with nothing to start has started", e);
        }
    }
}
