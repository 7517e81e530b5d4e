package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.fetch.http.BlobHttpClient;
import io.liveresponse.fetch.http.LinkGuard;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Camel and HttpClient at TRACE with the shipped configuration, in a process of their own, as an operator would have them. */
@Tag("integration")
class TraceLogTest {

    private static final String SIGNATURE = "1dYGe9rPvUlXBPvYSmr6/OLXPY98m8qWqfIQCBbyZTY%3D";
    private static final String BEARER = "canary-bearer-0123456789";

    @TempDir
    private Path directory;

    @Test
    void aRefusedBlobLeavesNeitherSignatureNorBearerInTheLog() throws Exception {
        String log = logOfARefusedBlob("TRACE");

        assertThat(log).contains("TRACE o.a.c", "DEBUG o.a.h.c.h", "/a?*** HTTP/1.1", "statusCode: 403")
                .doesNotContain("1dYGe9rP", "OLXPY98m8q", "2021-02-04T16", BEARER);
    }

    @Test
    void theLevelIsInfoUnlessTheEnvironmentSaysOtherwise() throws Exception {
        assertThat(logOfARefusedBlob("")).contains("INFO  o.a.c", "statusCode: 403")
                .doesNotContain("DEBUG", "TRACE", "1dYGe9rP", "OLXPY98m8q", BEARER);
    }

    private String logOfARefusedBlob(String level) throws Exception {
        Path log = directory.resolve("log");
        ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Dlog4j2.configurationFile=" + Path.of("config", "log4j2.xml").toUri(),
                TraceLogTest.class.getName()).redirectErrorStream(true).redirectOutput(log.toFile());
        java.environment().remove("LIVE_RESPONSE_LOG_LEVEL");
        if (!level.isEmpty()) {
            java.environment().put("LIVE_RESPONSE_LOG_LEVEL", level);
        }
        Process process = java.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(log);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** What runs in the other process. */
    public static void main(String[] arguments) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                DefaultCamelContext context = new DefaultCamelContext()) {
            new Thread(() -> refuseOnce(server)).start();
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
            context.createFluentProducerTemplate().to("direct:follow").withHeader("Authorization", "Bearer " + BEARER)
                    .withHeader("CamelHttpUri",
                            "http://127.0.0.1:" + server.getLocalPort() + "/a?se=2021-02-04T16%3A13%3A50Z&sig=" + SIGNATURE)
                    .send();
        }
    }

    private static void refuseOnce(ServerSocket server) {
        try (Socket socket = server.accept(); OutputStream out = socket.getOutputStream()) {
            socket.getInputStream().read(new byte[4_096]);
            String page = "<Error>https://other.example/?sig=" + SIGNATURE + "</Error>";
            out.write(
                    ("HTTP/1.1 403 Forbidden\r\nContent-Length: " + page.length() + "\r\n\r\n" + page).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
