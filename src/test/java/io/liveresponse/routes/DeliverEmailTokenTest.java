package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.fetch.token.TokenClaims;
import io.liveresponse.mail.SmtpServer;
import io.liveresponse.mail.SmtpServer.Login;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XOAUTH2 by a tenant's credential, as Microsoft 365 wants it; tokens come from the simulated sign-in host. */
class DeliverEmailTokenTest extends MailLoginSupport {

    private static final String USER = "live-response@example.com";
    private static final String TAKEN = "235 2.7.0 Authentication successful";
    private static final String REFUSED = "535 5.7.3 Authentication unsuccessful";

    private SmtpServer server;

    @BeforeEach
    void tenant() {
        scenario(Scenario.of(List.of(CONTOSO.withRoles("Machine.ReadWrite.All", "SMTP.SendAsApp")), scripts("contoso", ACTION)));
        setMail("tenant", "contoso");
    }

    private void serve(String mechanisms, Function<Login, String> judge) throws Exception {
        server = opened(new SmtpServer(mechanisms, judge));
        secured(server.port(), "starttls", "localhost");
    }

    private long tokenCalls() {
        return simulator.journal().count(EndpointKind.TOKEN);
    }

    /** Whatever it holds, no token. */
    private LiveResponseException fault(Exchange exchange) {
        String all = everythingOn(exchange);
        server.logins().forEach(login -> assertThat(all).doesNotContain(login.secret()));
        return failure(exchange);
    }

    @Test
    void oneTokenForTheMailServerServesAllMails() throws Exception {
        serve("LOGIN PLAIN XOAUTH2", login -> TAKEN);
        start();
        assertThat(tokenCalls()).as("none is asked for before it is needed").isZero();

        assertThat(deliver("email", failed(), Map.of()).getException()).isNull();
        assertThat(deliver("email", failed(), Map.of()).getException()).isNull();

        assertThat(server.mails()).hasSize(2);
        assertThat(server.logins()).hasSize(2).allSatisfy(login -> {
            assertThat(login.mechanism()).isEqualTo("XOAUTH2");
            assertThat(login.user()).isEqualTo(USER);
            assertThat(TokenClaims.of(login.secret()).audience()).isEqualTo("https://outlook.office365.com");
        });
        assertThat(tokenCalls()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {REFUSED, "334 eyJzdGF0dXMiOiI0MDAifQ=="})
    void aTokenThatTheServerRefusesIsReplacedOnceAndAtOnce(String refusal) throws Exception {
        serve("XOAUTH2", login -> server.logins().size() == 1 ? refusal : TAKEN);
        start();

        assertThat(deliver("email", failed(), Map.of()).getException()).isNull();

        assertThat(waits.all()).isEmpty();
        assertThat(server.logins()).extracting(Login::secret).hasSize(2).doesNotHaveDuplicates();
        assertThat(server.mails()).hasSize(1);
        assertThat(tokenCalls()).isEqualTo(2);
    }

    @Test
    void aServerThatRefusesTheNewTokenTooIsAskedAsTheRetryTableSaysWithoutFurtherTokens() throws Exception {
        serve("XOAUTH2", login -> REFUSED);
        start();

        LiveResponseException fault = fault(deliver("email", failed(), Map.of()));

        assertThat(fault.getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(fault).hasMessageContaining("refuses the login (535 5.7.3)")
                .hasMessageContaining("live-response.tenant.contoso.client-id")
                .hasMessageContaining("live-response.deliver.email.user").hasMessageContaining("Add-MailboxPermission");
        assertThat(server.logins()).hasSize(4);
        assertThat(waits.all()).hasSize(2);
        assertThat(tokenCalls()).isEqualTo(2);
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aRefusedTokenWithoutThePermissionIsNamed() throws Exception {
        scenario(Scenario.of(List.of(CONTOSO), scripts("contoso", ACTION)));
        set("live-response.retry.attempts", "1");
        serve("XOAUTH2", login -> REFUSED);
        start();

        assertThat(fault(deliver("email", failed(), Map.of()))).hasMessageContaining("grants [Machine.ReadWrite.All")
                .hasMessageContaining("SMTP.SendAsApp").hasMessageContaining("live-response.deliver.email.tenant");
    }

    @Test
    void aServerThatTakesNoLoginNowCostsNoToken() throws Exception {
        serve("XOAUTH2", login -> "454 4.7.0 Temporary authentication failure");
        start();

        assertThat(fault(deliver("email", failed(), Map.of()))).hasMessageContaining("takes no login now (454 4.7.0)");
        assertThat(server.logins()).hasSize(3);
        assertThat(tokenCalls()).isEqualTo(1);
    }

    @Test
    void aServerWithoutXoauth2IsNotSentTheTokenAsAPassword() throws Exception {
        serve("LOGIN PLAIN", login -> TAKEN);
        start();

        assertThat(fault(deliver("email", failed(), Map.of()))).hasMessageContaining("offers no login of the kind wanted");
        assertThat(server.verbs()).doesNotContain("AUTH", "MAIL");
    }

    @Test
    void aWrongSecretIsTheMailsFailureAndNamesItsSetting() throws Exception {
        set("live-response.tenant.contoso.client-secret", "wrong~secret~value");
        serve("XOAUTH2", login -> TAKEN);
        start();

        LiveResponseException fault = fault(deliver("email", failed(), Map.of()));

        assertThat(fault.getCode()).as("no reason to pause the tenant").isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(fault).hasMessageContaining("live-response.tenant.contoso.client-secret is wrong")
                .hasMessageNotContaining("wrong~secret~value");
        assertThat(server.verbs()).isEmpty();
        assertThat(tokenCalls()).isEqualTo(3);
    }

    @Test
    void aScopeThatTheTenantDoesNotKnowNamesTheSettingOfTheMail() throws Exception {
        setMail("scope", "https://outlook.example.org/.default");
        set("live-response.retry.attempts", "1");
        serve("XOAUTH2", login -> TAKEN);
        start();

        assertThat(fault(deliver("email", failed(), Map.of()))).hasMessageContaining("live-response.deliver.email.scope")
                .hasMessageNotContaining("live-response.tenant.contoso.scope");
    }

    @Test
    void noTokenGoesOverAConnectionThatIsNotSecured() throws Exception {
        server = clear(SmtpServer.offering("XOAUTH2"));

        assertThatThrownBy(this::start)
                .hasStackTraceContaining("live-response.deliver.email.security would send a tenant's token unencrypted");

        assertThat(server.verbs()).isEmpty();
        assertThat(tokenCalls()).isZero();
    }
}
