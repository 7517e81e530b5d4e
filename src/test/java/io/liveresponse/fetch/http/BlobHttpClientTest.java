package io.liveresponse.fetch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Through a real route and real sockets, since it is the bytes on the wire that count. */
@Timeout(60)
class BlobHttpClientTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String OPTIONS = "http://blob.invalid?httpMethod=GET&httpClientConfigurer=#client&disableStreamCache=true"
            + "&skipRequestHeaders=%s&connectTimeout=2000&responseTimeout=%d&connectionsPerRoute=2";

    private CamelContext context;

    private Exchange follow(HttpClientConfigurer client, String uri, boolean skipHeaders, long responseTimeout, Map<String, Object> headers)
            throws Exception {
        if (context == null) {
            context = new DefaultCamelContext();
            context.getRegistry().bind("client", client);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:follow").to(OPTIONS.formatted(skipHeaders, responseTimeout))
                            .process(exchange -> exchange.getMessage().setBody(exchange.getMessage().getBody(byte[].class)));
                }
            });
            context.start();
        }
        Map<String, Object> all = new HashMap<>(headers);
        all.put("CamelHttpUri", uri);
        return context.createFluentProducerTemplate().to("direct:follow").withHeaders(all).send();
    }

    private Exchange follow(HttpClientConfigurer client, String uri) throws Exception {
        return follow(client, uri, true, 5_000, Map.of());
    }

    private static BlobHttpClient loopback(RawServer server) {
        return new BlobHttpClient(new LinkGuard(List.of("127.0.0.1:" + server.port()), List.of("http")));
    }

    private static String on(RawServer server, String link) {
        return link.replaceFirst("(?i)^https://[^/]+", "http://127.0.0.1:" + server.port());
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.stop();
        }
    }

    @ParameterizedTest
    @MethodSource("io.liveresponse.fetch.http.LinkCorpus#accepted")
    void everyLinkThatPassesTheGuardReachesTheStoreByteForByte(LinkCorpus.Entry entry) throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            String link = on(server, LinkCorpus.guard().check(entry.value()).reveal());

            Exchange exchange = follow(loopback(server), link);

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("hi");
            assertThat(server.requests()).singleElement().satisfies(request -> assertThat(request.get(0))
                    .isEqualTo("GET " + link.substring(link.indexOf('/', "http://".length())) + " HTTP/1.1"));
        }
    }

    @Test
    void onlyThreeHeaderFieldsGoOutWhateverTheRouteHasInItsHands() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            follow(loopback(server), on(server, LinkGuardTest.SAMPLE), false, 5_000,
                    Map.of("Authorization", "Bearer abc", "Cookie", "a=b", "X-Any", "1", "Accept-Encoding", "gzip"));

            assertThat(server.requests()).singleElement().satisfies(request -> assertThat(request.subList(1, request.size()))
                    .map(line -> line.substring(0, line.indexOf(':'))).containsExactlyInAnyOrder("Host", "Connection", "User-Agent"));
            assertThat(server.requests().get(0)).contains("Host: 127.0.0.1:" + server.port(), "Connection: keep-alive");
        }
    }

    static List<String> hostileHeaders() {
        try (InputStream file = BlobHttpClientTest.class.getResourceAsStream("/headers/hostile.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hostileAnswer(String status) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        hostileHeaders().forEach(name -> answer.append(name).append(": attacker@evil.example\r\n"));
        return answer.append("content-DISPOSITION: attachment; filename=a.txt\r\nrETRY-aFTER: 7\r\nContent-Length: 2\r\n\r\nhi").toString();
    }

    @Test
    void noHeaderFieldFromTheStoreBecomesAMessageHeader() throws Exception {
        assertThat(hostileHeaders()).hasSizeGreaterThanOrEqualTo(40);
        try (RawServer server = RawServer.answering(hostileAnswer("200 Sent to attacker@evil.example"))) {
            Exchange exchange = follow(loopback(server), on(server, LinkGuardTest.SAMPLE));

            assertThat(exchange.getException()).isNull();
            Map<String, Object> headers = new HashMap<>(exchange.getMessage().getHeaders());
            assertThat(headers.remove("CamelHttpUri")).isEqualTo(on(server, LinkGuardTest.SAMPLE));
            assertThat(headers).containsOnly(Map.entry("content-DISPOSITION", "attachment; filename=a.txt"), Map.entry("rETRY-aFTER", "7"),
                    Map.entry("Content-Length", "2"), Map.entry("CamelHttpResponseCode", 200), Map.entry("CamelHttpResponseText", "OK"));
        }
    }

    @Test
    void noHeaderFieldOfTheApiButRetryAfterBecomesAMessageHeader() throws Exception {
        try (RawServer server = RawServer.answering(hostileAnswer("200 OK"))) {
            Exchange exchange = follow(new ApiHttpClient(System::nanoTime), on(server, LinkGuardTest.SAMPLE));

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("CamelHttpUri", "rETRY-aFTER", "CamelHttpResponseCode",
                    "CamelHttpResponseText");
        }
    }

    @Test
    void ofSeveralFieldsOfOneNameTheFirstIsKeptAndAnOverlongOneIsNot() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Disposition: inline\r\ncontent-disposition: attachment\r\n"
                + "Retry-After: " + "1".repeat(5_000) + "\r\nContent-Length: 2\r\n\r\nhi")) {
            Exchange exchange = follow(loopback(server), on(server, LinkGuardTest.SAMPLE));

            assertThat(exchange.getMessage().getHeader("Content-Disposition")).isEqualTo("inline");
            assertThat(exchange.getMessage().getHeader("Retry-After")).isNull();
        }
    }

    @Test
    void aCompressedAnswerOfTheApiArrivesUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"value\":1}".getBytes(StandardCharsets.US_ASCII));
        }
        try (RawServer server = RawServer
                .answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n"
                        + packed.toString(StandardCharsets.ISO_8859_1))) {
            assertThat(follow(new ApiHttpClient(System::nanoTime), on(server, LinkGuardTest.SAMPLE)).getMessage().getBody(String.class))
                    .isEqualTo("{\"value\":1}");
        }
    }

    @Test
    void aProxyThatTheEndpointNamesIsUsedForAllowedHostsOnly() throws Exception {
        try (RawServer proxy = RawServer.answering(OK)) {
            context = new DefaultCamelContext();
            CountingResolver resolver = new CountingResolver();
            context.getRegistry().bind("client", new BlobHttpClient(new LinkGuard(List.of("*.store.invalid"), List.of("http")), resolver));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:follow").to(OPTIONS.formatted(true, 5_000) + "&proxyHost=127.0.0.1&proxyPort=" + proxy.port())
                            .process(exchange -> exchange.getMessage().setBody(exchange.getMessage().getBody(byte[].class)));
                }
            });
            context.start();

            assertThat(follow(null, "http://a.store.invalid/x?sig=1").getException()).isNull();
            assertThat(follow(null, "http://evil.invalid/x?sig=1").getException()).isInstanceOf(AddressRefusedException.class);

            assertThat(proxy.requests()).singleElement()
                    .satisfies(request -> assertThat(request).startsWith("GET http://a.store.invalid/x?sig=1 HTTP/1.1"));
            assertThat(resolver.calls).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedAndItsTargetNotShown(int status) throws Exception {
        try (RawServer other = RawServer.answering(OK);
                RawServer server = RawServer.answering("HTTP/1.1 " + status + " Go\r\nLocation: http://127.0.0.1:"
                        + other.port() + "/secret-place\r\nContent-Length: 0\r\n\r\n")) {
            Exchange exchange = follow(loopback(server), on(server, LinkGuardTest.SAMPLE));

            assertThat(exchange.getException()).isInstanceOfSatisfying(HttpOperationFailedException.class, e -> {
                assertThat(e.getStatusCode()).isEqualTo(status);
                assertThat(e.getRedirectLocation()).isNull();
                assertThat(e.getResponseHeaders()).containsOnlyKeys("Content-Length");
            });
            assertThat(other.connections()).isZero();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"429 Too Many Requests", "503 Service Unavailable"})
    void aBusyStoreIsAskedOnceOnly(String status) throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 " + status + "\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n")) {
            Exchange exchange = follow(loopback(server), on(server, LinkGuardTest.SAMPLE));

            assertThat(exchange.getException()).isInstanceOfSatisfying(HttpOperationFailedException.class,
                    e -> assertThat(e.getResponseHeaders()).containsEntry("Retry-After", "0"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aConnectionThatTheStoreClosesIsNotUsedAgain() throws Exception {
        try (RawServer server = RawServer.answering(socket -> {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi".getBytes(StandardCharsets.US_ASCII));
            return false;
        })) {
            BlobHttpClient client = loopback(server);
            assertThat(follow(client, on(server, LinkGuardTest.SAMPLE)).getException()).isNull();
            assertThat(follow(client, on(server, LinkGuardTest.SAMPLE)).getException()).isNull();

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatIsReadToItsEndIsUsedAgain() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")) {
            BlobHttpClient client = loopback(server);
            follow(client, on(server, LinkGuardTest.SAMPLE));
            follow(client, on(server, LinkGuardTest.SAMPLE));

            assertThat(server.requests()).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void bytesArriveAsSentAlsoWhereTheStoreCallsThemCompressed() throws Exception {
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3};
        try (RawServer server = RawServer
                .answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/x-java-serialized-object\r\n"
                        + "Content-Length: 7\r\n\r\n" + new String(gzip, StandardCharsets.ISO_8859_1))) {
            assertThat(follow(loopback(server), on(server, LinkGuardTest.SAMPLE)).getMessage().getBody(byte[].class)).isEqualTo(gzip);
        }
    }

    @Test
    void anEndlessBodyThatNobodyReadsOnClosesTheConnection() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (RawServer server = RawServer.answering(socket -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 100_000; i++) {
                    socket.getOutputStream().write(chunk);
                }
            } catch (IOException e) {
                gone.countDown();
            }
            return false;
        })) {
            context = new DefaultCamelContext();
            context.getRegistry().bind("client", loopback(server));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:peek").streamCache("false").to(OPTIONS.formatted(true, 5_000))
                            .process(exchange -> exchange.getMessage()
                                    .setBody(exchange.getMessage().getBody(InputStream.class).readNBytes(10)));
                }
            });
            context.start();
            String uri = on(server, LinkGuardTest.SAMPLE);

            Exchange exchange = context.createFluentProducerTemplate().to("direct:peek").withHeader("CamelHttpUri", uri).send();

            assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("xxxxxxxxxx");
            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"403 Forbidden", "302 Found", "500 Internal Server Error"})
    void theEndlessPageOfAFailureIsCutSoThatItFitsInMemory(String status) throws Exception {
        try (RawServer server = RawServer.answering(socket -> {
            socket.getOutputStream()
                    .write(("HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100_000; i++) {
                socket.getOutputStream().write(chunk);
            }
            return false;
        })) {
            assertThat(follow(loopback(server), on(server, LinkGuardTest.SAMPLE)).getException())
                    .isInstanceOfSatisfying(HttpOperationFailedException.class, e -> assertThat(e.getResponseBody()).hasSize(64 * 1024));
        }
    }

    @Test
    void theEndpointsResponseTimeoutStillCounts() throws Exception {
        try (RawServer server = RawServer.answering(socket -> true)) {
            assertThat(follow(loopback(server), on(server, LinkGuardTest.SAMPLE), true, 200, Map.of()).getException())
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aHostThatTheGuardDoesNotAllowIsNeitherLookedUpNorConnectedTo() throws Exception {
        CountingResolver resolver = new CountingResolver(InetAddress.getLoopbackAddress());
        try (RawServer server = RawServer.answering(OK)) {
            BlobHttpClient client = new BlobHttpClient(LinkCorpus.guard(), resolver);
            for (String uri : List.of("http://127.0.0.1:" + server.port() + "/a", "http://localhost:" + server.port() + "/a",
                    "http://account.blob.core.windows.net:" + server.port() + "/a", "https://evil.example/a",
                    "http://2130706433:" + server.port())) {
                assertThat(follow(client, uri).getException()).as(uri).isInstanceOf(AddressRefusedException.class);
            }
            assertThat(server.connections()).isZero();
            assertThat(resolver.calls).hasValue(0);
        }
    }

    @Test
    void notOneConnectionLeavesForAnyRefusedValueOfTheCorpus() throws Exception {
        CountingResolver resolver = new CountingResolver(InetAddress.getLoopbackAddress());
        try (RawServer server = RawServer.answering(OK)) {
            BlobHttpClient client = new BlobHttpClient(LinkCorpus.guard(), resolver);
            LinkGuard guard = LinkCorpus.guard();
            int refused = 0;
            for (LinkCorpus.Entry entry : LinkCorpus.entries(server.port())) {
                if (!entry.accepted()) {
                    refused++;
                    assertThat(catchThrowable(() -> follow(client, guard.check(entry.value()).reveal()))).as(entry.name()).isNotNull();
                }
            }
            assertThat(refused).isGreaterThan(80);
            assertThat(resolver.calls).hasValue(0);
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "168.63.129.16", "100.64.0.1",
            "100.127.255.255",
            "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.0.170", "198.18.0.1", "203.0.113.9", "::1", "::",
            "fe80::1", "fec0::1",
            "fc00::1", "fd00:ec2::254", "ff02::1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2001::1",
            "2001:db8::1"})
    void anAllowedNameThatStandsForAnAddressOutsideThePublicInternetIsRefused(String address) throws Exception {
        CountingResolver resolver = new CountingResolver(InetAddress.getByName("20.60.1.1"), InetAddress.getByName(address));
        BlobHttpClient client = new BlobHttpClient(LinkCorpus.guard(), resolver);

        Exchange exchange = follow(client, "https://account.blob.core.windows.net/a?sig=hidden");

        assertThat(exchange.getException()).isInstanceOf(AddressRefusedException.class)
                .hasMessageContaining("account.blob.core.windows.net").hasMessageNotContaining("hidden");
        assertThat(resolver.calls).hasValue(1);
    }

    @Test
    void aMappedAddressIsJudgedByTheOneItMaps() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};

        assertThat(PublicAddress.is(Inet6Address.getByAddress("mapped", mapped, -1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"20.60.1.1", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "2603:1030::1", "64:ff9b::143c:101",
            "2002:143c:101::1"})
    void anAddressOfThePublicInternetIsTaken(String address) throws Exception {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void aNameIsLookedUpOnceAndTheConnectionGoesWhereTheLookupSaid() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            CountingResolver resolver = new CountingResolver(InetAddress.getLoopbackAddress());
            LinkGuard guard = new LinkGuard(List.of("store.invalid:" + server.port()), List.of("http"));

            Exchange exchange = follow(new BlobHttpClient(guard, resolver), "http://store.invalid:" + server.port() + "/a?sig=b");

            assertThat(exchange.getException()).isNull();
            assertThat(resolver.calls).hasValue(1);
            assertThat(server.requests()).singleElement()
                    .satisfies(request -> assertThat(request).contains("Host: store.invalid:" + server.port()));
        }
    }

    @Test
    void theNextAddressIsTriedWhereTheFirstRefusesTheConnection() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            CountingResolver resolver = new CountingResolver(InetAddress.getByName("127.0.0.9"), InetAddress.getByName("127.0.0.1"));
            LinkGuard guard = new LinkGuard(List.of("store.invalid:" + server.port()), List.of("http"));

            assertThat(follow(new BlobHttpClient(guard, resolver), "http://store.invalid:" + server.port() + "/a").getException()).isNull();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aStoreOutOfReachIsAnInputOutputErrorAndNoRefusal() throws Exception {
        int port;
        try (RawServer server = RawServer.answering(OK)) {
            port = server.port();
        }
        LinkGuard guard = new LinkGuard(List.of("127.0.0.1:" + port), List.of("http"));
        assertThat(follow(new BlobHttpClient(guard), "http://127.0.0.1:" + port + "/a").getException())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void aNameThatNobodyKnowsIsAnInputOutputErrorAndNoRefusal() throws Exception {
        BlobHttpClient client = new BlobHttpClient(LinkCorpus.guard(), new CountingResolver());

        assertThat(follow(client, "https://account.blob.core.windows.net/a").getException()).isInstanceOf(UnknownHostException.class);
    }

    private static final class CountingResolver implements DnsResolver {

        private final AtomicInteger calls = new AtomicInteger();
        private final InetAddress[] addresses;

        private CountingResolver(InetAddress... addresses) {
            this.addresses = addresses;
        }

        @Override
        public InetAddress[] resolve(String host) {
            calls.incrementAndGet();
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
