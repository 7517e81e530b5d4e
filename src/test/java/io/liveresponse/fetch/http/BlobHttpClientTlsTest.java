package io.liveresponse.fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.hc.client5.http.DnsResolver;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pinned address must not loosen TLS: the certificate is still checked against the link's name, with the endpoint's trust store. */
@Tag("integration")
@Timeout(60)
class BlobHttpClientTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String CERTIFIED = "account.blob.core.windows.net";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private static KeyStore keys;
    private static KeyStore trust;

    @BeforeAll
    static void makeCertificate() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=" + CERTIFIED);
        X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(name, BigInteger.ONE,
                Date.from(Instant.now().minus(1, ChronoUnit.DAYS)), Date.from(Instant.now().plus(1, ChronoUnit.DAYS)), name,
                pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, CERTIFIED)))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", pair.getPrivate(), PASSWORD, new X509Certificate[]{certificate});
        trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("server", certificate);
    }

    private static RawServer server() throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50,
                InetAddress.getLoopbackAddress());
        return new RawServer(socket, connection -> {
            connection.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
            return true;
        });
    }

    private static Exchange follow(String host, int port, boolean trusted) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            LinkGuard guard = new LinkGuard(List.of(host + ":" + port), List.of("https"));
            context.getRegistry().bind("client", new BlobHttpClient(guard, new Loopback()));
            context.getRegistry().bind("tls", tls());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:follow").to("https://blob.invalid?httpMethod=GET&httpClientConfigurer=#client"
                            + (trusted ? "&sslContextParameters=#tls" : ""));
                }
            });
            context.start();
            return context.createFluentProducerTemplate().to("direct:follow")
                    .withHeader("CamelHttpUri", "https://" + host + ":" + port + "/a?sig=b%3D").send();
        }
    }

    private static SSLContextParameters tls() {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setKeyStore(trust);
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(managers);
        return parameters;
    }

    @Test
    void aCertificateForTheLinksNameIsTaken() throws Exception {
        try (RawServer server = server()) {
            assertThat(follow(CERTIFIED, server.port(), true).getException()).isNull();
            assertThat(server.requests()).singleElement().satisfies(request -> assertThat(request).startsWith("GET /a?sig=b%3D HTTP/1.1")
                    .contains("Host: " + CERTIFIED + ":" + server.port()));
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefusedBeforeTheRequestIsSent() throws Exception {
        try (RawServer server = server()) {
            assertThat(follow("other.blob.core.windows.net", server.port(), true).getException()).isInstanceOf(SSLException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsRefusedBeforeTheRequestIsSent() throws Exception {
        try (RawServer server = server()) {
            assertThat(follow(CERTIFIED, server.port(), false).getException()).isInstanceOf(SSLException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    private static final class Loopback implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) {
            return new InetAddress[]{InetAddress.getLoopbackAddress()};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
