package io.liveresponse.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.settings.TrustStoreFile;
import io.liveresponse.simulator.signin.PrivateAuthority;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large answer over TLS once filled the heap: the whole body was queued before its first byte was encrypted. */
class ReplyWriterTest {

    private static final long SIZE = 256L << 20;
    private static final long MOST_AHEAD = 64L << 20;

    @TempDir
    Path directory;

    @Test
    void readsABodyNoFurtherThanTheConnectionTakesIt() throws Exception {
        AtomicLong asked = new AtomicLong();
        Endpoint endpoint = request -> Optional.of(Matched.open(EndpointKind.BLOB, null, null,
                () -> new Reply(200, Map.of(), new CountingBody(asked))));
        PrivateAuthority authority = new PrivateAuthority();
        Vertx vertx = Vertx.vertx();
        try {
            int port = new EndpointServer(Host.BLOB, Clock.systemUTC(), new Journal(), new Faults(), List.of(endpoint),
                    new ReplyWriter(vertx)).start(vertx,
                            new HttpServerOptions().setHost("127.0.0.1").setPort(0).setSsl(true)
                                    .setKeyCertOptions(KeyCertOptions.wrap(authority.serverKeys(List.of("localhost")))));
            try (SSLSocket socket = (SSLSocket) trusting(authority).getSocketFactory().createSocket("localhost", port)) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

                assertThat(socket.getInputStream().read()).isEqualTo('H');
                assertThat(asked).hasValueLessThan(MOST_AHEAD);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private SSLContext trusting(PrivateAuthority authority) throws Exception {
        Path file = directory.resolve("trust.pem");
        authority.writeTrustStore(file);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(TrustStoreFile.load(file, null));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    private record CountingBody(AtomicLong asked) implements Body {

        @Override
        public long length() {
            return SIZE;
        }

        @Override
        public Buffer read(long offset, int max) {
            asked.addAndGet(max);
            return Buffer.buffer(new byte[max]);
        }
    }
}
