package io.liveresponse.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.link.BlobHttpClient;
import io.liveresponse.link.LinkGuard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Camel and HttpClient at TRACE, bytes on the wire included, through the shipped configuration. */
@ResourceLock(Resources.SYSTEM_OUT)
@Timeout(60)
class TraceLogTest {

    private static final String SIGNATURE = "1dYGe9rPvUlXBPvYSmr6/OLXPY98m8qWqfIQCBbyZTY%3D";
    private static final String BEARER = "canary-bearer-0123456789";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream console = System.out;

    @BeforeEach
    void traceEverything() {
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        Configurator.reconfigure(Path.of("config", "log4j2.xml").toUri());
        Configurator.setAllLevels(LogManager.getRootLogger().getName(), Level.TRACE);
    }

    @AfterEach
    void traceNothing() {
        System.setOut(console);
        Configurator.reconfigure();
    }

    @Test
    void aRefusedBlobLeavesNeitherSignatureNorBearerInTheLog() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress()); DefaultCamelContext context = new DefaultCamelContext()) {
            Thread store = new Thread(() -> refuseOnce(server));
            store.start();
            LinkGuard guard = new LinkGuard(List.of("127.0.0.1:" + server.getLocalPort()), List.of("http"));
            context.getRegistry().bind("client", new BlobHttpClient(guard));
            context.setTracing(true);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:follow").to("http://blob.invalid?httpMethod=GET&httpClientConfigurer=#client");
                }
            });
            context.start();

            Exchange exchange = context.createFluentProducerTemplate().to("direct:follow").withHeader("Authorization", "Bearer " + BEARER)
                    .withHeader("CamelHttpUri", "http://127.0.0.1:" + server.getLocalPort() + "/a?se=2021-02-04T16%3A13%3A50Z&sig=" + SIGNATURE).send();
            store.join();

            assertThat(exchange.getException()).hasMessageContaining("403");
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("TRACE o.a.c", "DEBUG o.a.h.c.h", "o.a.h.c.h.wire - (bytes", "/a?*** HTTP/1.1", "statusCode: 403")
                .doesNotContain("1dYGe9rP", "OLXPY98m8q", "2021-02-04T16", BEARER);
    }

    private static void refuseOnce(ServerSocket server) {
        try (Socket socket = server.accept(); OutputStream out = socket.getOutputStream()) {
            socket.getInputStream().read(new byte[4_096]);
            String page = "<Error>https://other.example/?sig=" + SIGNATURE + "</Error>";
            out.write(("HTTP/1.1 403 Forbidden\r\nContent-Length: " + page.length() + "\r\n\r\n" + page).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
