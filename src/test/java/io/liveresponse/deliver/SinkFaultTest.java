package io.liveresponse.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.liveresponse.failure.FailureCode;
import io.liveresponse.failure.LiveResponseException;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkFaultTest {

    private static LiveResponseException named(Exception thrown) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable(DeliverVariables.SINK, "email");
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, thrown);
        return catchThrowableOfType(LiveResponseException.class, () -> new SinkFault().process(exchange));
    }

    /** As Angus throws it where RCPT is refused. */
    private static Exception refusedRecipient(int code, String reply) throws Exception {
        InternetAddress recipient = new InternetAddress("soc@example.org");
        return new SendFailedException("Invalid Addresses", new SMTPAddressFailedException(recipient, "RCPT TO:<soc@example.org>", code, reply),
                new Address[0], new Address[0], new Address[] {recipient});
    }

    @ParameterizedTest
    @CsvSource({"550, 550 5.1.1 no such user, DELIVERY_REFUSED", "552, 552 too large, DELIVERY_REFUSED",
        "451, 451 4.7.1 greylisted, DELIVERY_UNAVAILABLE", "530, 530 5.7.0 must issue STARTTLS first, DELIVERY_UNAVAILABLE"})
    void whatTheMailServerAnswersIsToldAndDecides(int code, String reply, FailureCode expected) throws Exception {
        LiveResponseException failure = named(refusedRecipient(code, reply + "\u001b[31m\n"));

        assertThat(failure.getCode()).isEqualTo(expected);
        assertThat(failure).hasMessageContaining(reply).hasMessageContaining("live-response.deliver.email.to").hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("\u001b", "\n");
    }

    @Test
    void aRefusedSenderOrMessageIsToldLikewise() {
        LiveResponseException failure = named(new SMTPSendFailedException("DATA", 554, "554 5.7.1 message refused\n", null,
                new Address[0], new Address[0], new Address[0]));

        assertThat(failure.getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(failure).hasMessageContaining("554 5.7.1 message refused");
    }

    @Test
    void aConnectionThatDropsIsUnavailable() {
        assertThat(named(new MessagingException("Can't send command to SMTP host", new java.net.SocketException("Broken pipe"))).getCode())
                .isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
    }
}
