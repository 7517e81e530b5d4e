package io.liveresponse;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis broker in this JVM that speaks AMQP 1.0 on loopback, and keeps its port when it is stopped and started again. */
public final class JmsBroker implements AutoCloseable {

    private final int port;
    private EmbeddedActiveMQ broker;

    private JmsBroker(int port) {
        this.port = port;
    }

    public static JmsBroker start() throws Exception {
        JmsBroker broker = new JmsBroker(freePort());
        broker.open();
        return broker;
    }

    /** Once more, empty. */
    public void open() throws Exception {
        broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl().setPersistenceEnabled(false).setSecurityEnabled(false)
                .addAcceptorConfiguration(new TransportConfiguration(NettyAcceptorFactory.class.getName(),
                        Map.of("host", "127.0.0.1", "port", port, "protocols", "AMQP"))));
        broker.start();
    }

    public String url() {
        return "amqp://127.0.0.1:" + port;
    }

    public ActiveMQServer server() {
        return broker.getActiveMQServer();
    }

    @Override
    public void close() throws Exception {
        broker.stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
