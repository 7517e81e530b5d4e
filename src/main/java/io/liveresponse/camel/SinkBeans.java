package io.liveresponse.camel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.liveresponse.deliver.Deliveries;
import io.liveresponse.deliver.NoDeliveries;
import io.liveresponse.deliver.SinkErrorTranslator;
import io.liveresponse.deliver.SinkFailures;
import io.liveresponse.deliver.SinkStates;
import io.liveresponse.deliver.file.FileLayout;
import io.liveresponse.deliver.file.ResultChain;
import io.liveresponse.deliver.file.ResultFiles;
import io.liveresponse.deliver.file.ResultUnpacker;
import io.liveresponse.deliver.mail.MailParts;
import io.liveresponse.deliver.mail.MailSender;
import io.liveresponse.deliver.mail.MailSettings;
import io.liveresponse.deliver.ticket.Jira;
import io.liveresponse.deliver.ticket.ServiceNow;
import io.liveresponse.deliver.ticket.SinkAnswerProcessor;
import io.liveresponse.deliver.ticket.TicketFence;
import io.liveresponse.deliver.ticket.TicketLogin;
import io.liveresponse.deliver.ticket.TicketSettings;
import io.liveresponse.deliver.ticket.TicketSystem;
import io.liveresponse.deliver.ticket.WebhookHeaders;
import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.model.ResultJson;
import io.liveresponse.model.ResultViews;
import io.liveresponse.worker.Readiness;
import org.apache.camel.Processor;
import org.apache.camel.component.mail.JavaMailSender;
import org.apache.camel.health.HealthCheckRegistry;

/** What the sinks refer to by name. */
final class SinkBeans {

    private SinkBeans() {
    }

    static void bind(BeanBinding beans) {
        beans.bind("liveResponseSinkFailures", SinkFailures.class, () -> new SinkFailures(sinkStates(beans)));
        beans.bind("liveResponseSinkAnswer", Processor.class, () -> new SinkAnswerProcessor(
                beans.get("liveResponseTicketLogin", TicketLogin.class), beans.redactor(),
                beans.http().response(), beans.clock()));
        beans.bind("liveResponseTicketFence", Processor.class, () -> new TicketFence(deliveries(beans), System::nanoTime));
        beans.bind("liveResponseSinkError", Processor.class, () -> new SinkErrorTranslator(deliveries(beans)));
        beans.bind("liveResponseDeliveries", Deliveries.class, () -> beans.hasLedger() ? beans.ledger().deliveries() : new NoDeliveries());
        beans.bind("liveResponseJson", ObjectMapper.class, ResultJson::mapper);
        beans.bind("liveResponseIndentedJson", ObjectMapper.class, () -> ResultJson.mapper().enable(SerializationFeature.INDENT_OUTPUT));
        beans.bind("liveResponseViews", ResultViews.class, ResultViews::new);
        beans.bind("liveResponseMail", MailParts.class, () -> new MailParts(
                beans.settings(), MailSettings.of(beans.settings()), beans.get("liveResponseViews", ResultViews.class),
                beans.get("liveResponseFileLayout", FileLayout.class)));
        beans.bind("liveResponseTicketLogin", TicketLogin.class, () -> new TicketLogin(
                beans.settings(), () -> beans.tls(), beans.redactor(), beans.clock()));
        beans.bind("liveResponseTicketSystem", TicketSystem.class,
                () -> ticketSystem(TicketSettings.of(beans.settings()), deliveries(beans)));
        beans.bind("liveResponseWebhookHeaders", Processor.class, () -> new WebhookHeaders(beans.settings(), beans.clock()));
        // Its type is not named here: a host that sends no messages need not have JMS.
        beans.bind("liveResponseJmsConnectionFactory", Object.class,
                () -> JmsConnections.cached(beans.context(),
                        JmsConnections.of("live-response.deliver.jms.", beans.settings(), beans.tls())));
        beans.bind("liveResponseFiles", ResultFiles.class, ResultFiles::new);
        beans.bind("liveResponseFileLayout", FileLayout.class, () -> new FileLayout(beans.settings()));
        beans.bind("liveResponseUnpacker", ResultUnpacker.class, () -> new ResultUnpacker(
                beans.settings().path("live-response.deliver.file.directory"), beans.settings().bytes("live-response.result.max-bytes")));
        beans.bind("liveResponseChain", ResultChain.class,
                () -> new ResultChain(beans.settings().path("live-response.deliver.file.directory"), beans.clock()));
        beans.bind("liveResponseMailSession", jakarta.mail.Session.class,
                () -> MailSettings.of(beans.settings()).session(beans.tls()));
        beans.bind("liveResponseMailSender", JavaMailSender.class, () -> new MailSender(beans.settings(),
                MailSettings.of(beans.settings()), beans.get("liveResponseMailSession", jakarta.mail.Session.class),
                () -> beans.get("liveResponseTokens", TenantTokens.class),
                beans.clock()));
    }

    private static Deliveries deliveries(BeanBinding beans) {
        return beans.get("liveResponseDeliveries", Deliveries.class);
    }

    private static TicketSystem ticketSystem(TicketSettings settings, Deliveries deliveries) {
        return settings.kind().equals("jira") ? new Jira(settings) : new ServiceNow(settings, deliveries);
    }

    private static SinkStates sinkStates(BeanBinding beans) {
        SinkStates states = new SinkStates();
        HealthCheckRegistry health = HealthCheckRegistry.get(beans.context());
        if (health != null) {
            health.register(Readiness.degraded("live-response-sinks", states::fault));
        }
        return states;
    }
}
