package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.JmsBroker;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.simulator.ticket.TicketSystem;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.Collections;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against an Artemis broker by AMQP. */
@Tag("integration")
class DeliverJmsTest extends TicketTestSupport {

    private JmsBroker broker;

    @Override
    TicketSystem.Kind ticketSystemKind() {
        return TicketSystem.Kind.WEBHOOK;
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        broker = JmsBroker.start();
        return super.createCamelContext();
    }

    String url() {
        return broker.url();
    }

    @AfterEach
    void stopBroker() throws Exception {
        broker.close();
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.put("live-response.deliver.jms.url", broker.url());
        settings.put("live-response.deliver.jms.destination", "queue:live.response.results");
        return settings;
    }

    private Exchange send(Result result) {
        return template.request("direct:live-response-to-jms", exchange -> {
            exchange.getMessage().setHeader("CamelJmsDestinationName", "elsewhere");
            exchange.getMessage().setHeader("JMSReplyTo", "elsewhere");
            exchange.getMessage().setHeader("fromOutside", "yes");
            exchange.getMessage().setBody(result);
        });
    }

    private TextMessage receive() throws Exception {
        try (Connection connection = new JmsConnectionFactory(broker.url()).createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue("live.response.results"))) {
            connection.start();
            TextMessage first = (TextMessage) consumer.receive(5_000);
            assertThat(consumer.receiveNoWait()).isNull();
            return first;
        }
    }

    @Test
    void theResultsJsonIsOneLastingMessageWithItsKeyAndNothingFromOutside() throws Exception {
        Exchange exchange = send(result(KEY, Outcome.FAILED, "größer"));

        assertThat(exchange.getException()).isNull();
        TextMessage message = receive();
        JsonNode json = new ObjectMapper().readTree(message.getText());
        assertThat(json.path("tenant").asText()).isEqualTo("contoso");
        assertThat(json.path("output").path("head").asText()).isEqualTo("größer");
        assertThat(message.getJMSCorrelationID()).isEqualTo(KEY.toString());
        assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(message.getJMSReplyTo()).isNull();
        assertThat(Collections.list(message.getPropertyNames())).doesNotContain("fromOutside");
        assertThat(broker.server().getAddressInfo(SimpleString.of("elsewhere"))).isNull();
    }

    @Test
    void aBrokerThatComesBackGetsTheResultAfterAll() throws Exception {
        assertThat(send(result(KEY, Outcome.FAILED, "x")).getException()).isNull();
        broker.close();

        Exchange failed = send(result(KEY, Outcome.FAILED, "x"));
        assertThat(failure(failed).getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(failure(failed)).hasMessageContaining("sink jms");

        broker.open();
        assertThat(send(result(KEY, Outcome.FAILED, "again")).getException()).isNull();
        assertThat(receive().getText()).contains("again");
    }
}
