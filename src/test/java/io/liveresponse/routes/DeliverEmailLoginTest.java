package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.liveresponse.mail.MailCertificate;
import io.liveresponse.mail.SmtpServer;
import io.liveresponse.mail.SmtpServer.Login;
import io.liveresponse.mail.TlsFront;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GreenMail behind TLS, with a login; what GreenMail never says, by a scripted server. */
class DeliverEmailLoginTest extends MailLoginSupport {

    private static final String USER = "live-response@example.com";
    private static final String PASSWORD = "mail~password";

    private GreenMail greenMail;

    @BeforeEach
    void startGreenMail() {
        greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        greenMail.setUser(USER, USER, PASSWORD);
        greenMail.start();
        opened(greenMail::stop);
        setMail("password", PASSWORD);
    }

    private int greenMailPort() {
        return greenMail.getSmtp().getPort();
    }

    private LiveResponseException fault() throws Exception {
        start();
        Exchange exchange = deliver("email", failed(), Map.of());
        assertThat(everythingOn(exchange)).doesNotContain(PASSWORD);
        return failure(exchange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "starttls"})
    void aMailGoesOverTlsWithALogin(String security) throws Exception {
        TlsFront front = secured(greenMailPort(), security, "localhost");
        start();

        assertThat(deliver("email", failed(), Map.of()).getException()).isNull();

        assertThat(greenMail.getReceivedMessages()).hasSize(1);
        assertThat(front.secured()).isEqualTo(1);
        assertThat(front.saidInTheClear()).isEqualTo(security.equals("tls") ? List.of() : List.of("EHLO", "STARTTLS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "starttls"})
    void aWrongPasswordIsTriedAgainAsOftenAsTheRetryTableSaysAndNamesTheSetting(String security) throws Exception {
        setMail("password", "other~password");
        TlsFront front = secured(greenMailPort(), security, "localhost");

        LiveResponseException fault = fault();

        assertThat(fault.getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(fault).hasMessage("sink email: the mail server refuses the login (535 5.7.8); check live-response.deliver.email.user and"
                + " live-response.deliver.email.password");
        assertThat(front.secured()).isEqualTo(3);
        assertThat(greenMail.getReceivedMessages()).isEmpty();
    }

    @Test
    void aPasswordThatIsPutRightIsSeenAtTheNextAttempt() throws Exception {
        SmtpServer server = clear(new SmtpServer("LOGIN", login -> {
            boolean right = login.secret().equals(PASSWORD);
            context.getPropertiesComponent().setOverrideProperties(properties("live-response.deliver.email.password", PASSWORD));
            return right ? "235 ok" : "535 5.7.8 no";
        }));
        setMail("password", "other~password");
        start();

        assertThat(deliver("email", failed(), Map.of()).getException()).isNull();

        assertThat(server.logins()).extracting(Login::secret).containsExactly("other~password", PASSWORD);
        assertThat(server.mails()).hasSize(1);
    }

    private static java.util.Properties properties(String key, String value) {
        java.util.Properties properties = new java.util.Properties();
        properties.put(key, value);
        return properties;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void eitherWayToSendAPasswordIsKnown(String mechanism) throws Exception {
        SmtpServer server = opened(SmtpServer.offering(mechanism));
        secured(server.port(), "tls", "localhost");
        start();

        assertThat(deliver("email", failed(), Map.of()).getException()).isNull();

        assertThat(server.logins()).containsExactly(new Login(mechanism, USER, PASSWORD));
        assertThat(server.mails()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "starttls"})
    void aCertificateThatNobodyTrustsGetsNeitherLoginNorMail(String security) throws Exception {
        TlsFront front = front(MailCertificate.of("localhost"), greenMailPort(), security);

        LiveResponseException fault = fault();

        assertThat(fault.getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(fault).hasMessageContaining("not trusted").hasMessageContaining("live-response.tls.trust-store");
        assertThat(front.saidInTheClear()).doesNotContain("AUTH", "MAIL");
        assertThat(greenMail.getReceivedMessages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "starttls"})
    void aCertificateForAnotherNameGetsNeitherLoginNorMail(String security) throws Exception {
        TlsFront front = secured(greenMailPort(), security, "mail.example.org");

        LiveResponseException fault = fault();

        assertThat(fault.getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(fault).hasMessageContaining("certificate for another name").hasMessageContaining("live-response.deliver.email.host");
        assertThat(front.saidInTheClear()).doesNotContain("AUTH", "MAIL");
        assertThat(greenMail.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerWithoutStartTlsIsToldNothingInTheClear() throws Exception {
        SmtpServer server = clear(SmtpServer.offering("PLAIN LOGIN"));
        setMail("security", "starttls");

        LiveResponseException fault = fault();

        assertThat(fault.getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(fault).hasMessageContaining("no STARTTLS").hasMessageContaining("live-response.deliver.email.security");
        assertThat(server.verbs()).isSubsetOf("EHLO", "QUIT");
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aServerThatSpeaksNoTlsOnItsPortIsToldNothing() throws Exception {
        SmtpServer server = clear(SmtpServer.offering("PLAIN LOGIN"));
        setMail("security", "tls");

        assertThat(fault()).hasMessageContaining("no secure connection").hasMessageContaining("live-response.deliver.email.security");
        assertThat(server.verbs()).doesNotContain("AUTH", "MAIL");
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aServerThatTakesNoLoginGetsNoMailWithoutOne() throws Exception {
        SmtpServer server = clear(SmtpServer.offering(""));

        assertThat(fault()).hasMessageContaining("offers no login").hasMessageContaining("live-response.deliver.email.user");
        assertThat(server.verbs()).doesNotContain("MAIL");
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void whatAServerSaysOfALoginIsNotRepeated() throws Exception {
        SmtpServer server = clear(new SmtpServer("PLAIN", login -> "535 5.7.8 not " + login));

        assertThat(fault()).hasMessageStartingWith("sink email: the mail server refuses the login (535 5.7.8);");
        assertThat(server.logins()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "MAIL|550 5.7.60 Client may not send as this sender|DELIVERY_REFUSED|1|(550 5.7.60)|live-response.deliver.email.from",
            "MAIL|530 5.7.57 Client not authenticated|DELIVERY_UNAVAILABLE|3|(530 5.7.57)|live-response.deliver.email.user",
            "MAIL|451 4.7.0 later|DELIVERY_UNAVAILABLE|3|(451 4.7.0)|mail server",
            "RCPT|550 5.1.1 no such mailbox|DELIVERY_REFUSED|1|(550 5.1.1)|live-response.deliver.email.to",
            "RCPT|450 4.2.0 greylisted|DELIVERY_UNAVAILABLE|3|(450 4.2.0)|mail server",
            "DATA|552 5.3.4 too large|DELIVERY_REFUSED|1|(552 5.3.4)|live-response.deliver.email.max-attachment",
            ".|554 5.6.0 no|DELIVERY_REFUSED|1|(554 5.6.0)|refuses the mail",
            ".|432 4.3.2 too many connections|DELIVERY_UNAVAILABLE|3|(432 4.3.2)|mail server",
            ".|drop|DELIVERY_UNAVAILABLE|3|does not take the mail now|mail server",
            "AUTH|454 4.7.0 later|DELIVERY_UNAVAILABLE|3|takes no login now (454 4.7.0)|mail server",
            "AUTH|drop|DELIVERY_UNAVAILABLE|3|takes no login now|mail server",
            "connect|421 4.3.2 too many|DELIVERY_UNAVAILABLE|3|does not take the connection|live-response.deliver.email.host",
    })
    void whatTheServerRefusesForGoodIsDeadAndAllElseTriedAgain(
            String verb, String reply, FailureCode code, int attempts, String shown, String setting) throws Exception {
        SmtpServer server = clear(SmtpServer.offering("PLAIN")).saying(verb, reply);

        LiveResponseException fault = fault();

        assertThat(fault.getCode()).isEqualTo(code);
        assertThat(fault).hasMessageContaining(shown).hasMessageContaining(setting);
        assertThat(waits.all()).hasSize(attempts - 1);
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void one_refused_recipient_keeps_no_other_from_getting_the_mail() throws Exception {
        SmtpServer server = clear(SmtpServer.offering("PLAIN")).saying("RCPT TO:<gone@example.com>", "550 5.1.1 no such mailbox");
        setMail("to", "gone@example.com, soc@example.com");
        start();

        assertThat(deliver("email", failed(), Map.of()).getException()).isNull();

        assertThat(server.mails()).hasSize(1);
        assertThat(server.verbs()).filteredOn("RCPT"::equals).hasSize(2);
    }

    @Test
    void aMailThatWasTakenIsDeliveredHoweverTheConnectionEnds() throws Exception {
        SmtpServer server = clear(SmtpServer.offering("PLAIN")).saying("QUIT", "drop");
        start();

        assertThat(deliver("email", failed(), Map.of()).getException()).isNull();

        assertThat(server.mails()).hasSize(1);
    }
}
