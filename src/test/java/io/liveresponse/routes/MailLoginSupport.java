package io.liveresponse.routes;

import io.liveresponse.mail.MailCertificate;
import io.liveresponse.mail.SmtpServer;
import io.liveresponse.mail.TlsFront;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A mail server that wants TLS and a login; closes what a test has opened. */
abstract class MailLoginSupport extends DeliverySupport {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @BeforeEach
    void mailSettings() {
        setMail("host", "localhost");
        setMail("from", "live-response@example.com");
        setMail("to", "soc@example.com");
        setMail("user", "live-response@example.com");
        set("live-response.retry.attempts", "3");
        set("live-response.http.response-timeout", "5000");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    void setMail(String leaf, Object value) {
        set("live-response.deliver.email." + leaf, value);
    }

    <T extends AutoCloseable> T opened(T one) {
        open.push(one);
        return one;
    }

    /** The server's port as it is, without TLS. */
    SmtpServer clear(SmtpServer server) {
        setMail("port", server.port());
        setMail("security", "none");
        return opened(server);
    }

    /** TLS before the server, with a certificate for the name, which is trusted. */
    TlsFront secured(int server, String security, String name) throws Exception {
        MailCertificate certificate = MailCertificate.of(name);
        startSimulator();
        set("live-response.tls.trust-store", certificate.trustedBeside(simulator.trustStore(),
                directory.resolve("trust.pem")));
        return front(certificate, server, security);
    }

    TlsFront front(MailCertificate certificate, int server, String security) throws Exception {
        TlsFront front = opened(new TlsFront(certificate, server, security.equals("starttls")));
        setMail("port", front.port());
        setMail("security", security);
        return front;
    }
}
