package io.liveresponse.camel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.liveresponse.audit.ResultChain;
import io.liveresponse.blob.Spool;
import io.liveresponse.deliver.Deliveries;
import io.liveresponse.deliver.FileLayout;
import io.liveresponse.deliver.Jira;
import io.liveresponse.deliver.JmsSettings;
import io.liveresponse.deliver.MailParts;
import io.liveresponse.deliver.MailSettings;
import io.liveresponse.deliver.NoDeliveries;
import io.liveresponse.deliver.ResultFiles;
import io.liveresponse.deliver.ResultUnpacker;
import io.liveresponse.deliver.ServiceNow;
import io.liveresponse.deliver.SinkAnswer;
import io.liveresponse.deliver.SinkFailures;
import io.liveresponse.deliver.SinkFault;
import io.liveresponse.deliver.TicketLogin;
import io.liveresponse.deliver.WebhookHeaders;
import io.liveresponse.failure.FailureCode;
import io.liveresponse.fetch.ActionAnswerProcessor;
import io.liveresponse.fetch.ActionFault;
import io.liveresponse.fetch.BlobAnswerProcessor;
import io.liveresponse.fetch.FailedAttempt;
import io.liveresponse.fetch.HopFault;
import io.liveresponse.fetch.LinkAnswerProcessor;
import io.liveresponse.fetch.Links;
import io.liveresponse.fetch.PauseGate;
import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.fetch.ResultReader;
import io.liveresponse.intake.ApiKey;
import io.liveresponse.intake.HttpRequests;
import io.liveresponse.intake.JmsConnections;
import io.liveresponse.intake.JmsRequests;
import io.liveresponse.link.ApiHttpClient;
import io.liveresponse.link.BlobHttpClient;
import io.liveresponse.link.LinkGuard;
import io.liveresponse.request.RequestReader;
import io.liveresponse.result.ResultJson;
import io.liveresponse.secret.ProcessRedactor;
import io.liveresponse.secret.Redactor;
import io.liveresponse.secret.SecretSettings;
import io.liveresponse.settings.Settings;
import io.liveresponse.settings.TenantSettings;
import io.liveresponse.tls.TlsSettings;
import io.liveresponse.token.Credentials;
import io.liveresponse.token.TenantTokens;
import io.liveresponse.transcript.TranscriptReader;
import io.liveresponse.view.ResultViews;
import io.liveresponse.work.ActionWork;
import io.liveresponse.work.Begin;
import io.liveresponse.work.Discovery;
import io.liveresponse.work.LedgerRuntime;
import io.liveresponse.work.Retention;
import io.liveresponse.work.Work;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.function.Suppliers;

/**
 * What the routes refer to by name. Each bean is made when it is first asked for, once a context, and only where the host
 * has none of that name itself.
 */
final class Beans {

    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(1);

    private final CamelContext context;
    private final Registry registry;

    /** Null where the host brought a registry of a kind of its own. */
    private final FallbackBeans fallback;

    Beans(CamelContext context) {
        this.context = context;
        this.registry = context.getRegistry();
        this.fallback = registry instanceof DefaultRegistry ours ? new FallbackBeans(ours) : null;
    }

    void bind() {
        if (fallback != null) {
            ((DefaultRegistry) registry).addBeanRepository(fallback);
        }
        bind("liveResponseClock", Clock.class, Clock::systemUTC);
        bind("liveResponseSettings", Settings.class, this::readSettings);
        bind("liveResponseRedactor", Redactor.class, ProcessRedactor::get);
        bind("liveResponseTls", SSLContextParameters.class, () -> TlsSettings.parameters(context, settings()));
        bindRequestsAndTokens();
        bindHops();
        bindActions();
        bindIntakes();
        bindSinks();
        bindWork();
    }

    private Settings readSettings() {
        Settings settings = Settings.of(context);
        SecretSettings.hide(settings, redactor());
        return settings;
    }

    private void bindRequestsAndTokens() {
        bind("liveResponseRequests", RequestReader.class, () -> new RequestReader(() -> settings().tenants()));
        bind("liveResponseTokens", TenantTokens.class, () -> new TenantTokens(tenants(),
                new Credentials(TlsSettings.context(context, settings()), millis("live-response.http.connect-timeout"),
                        millis("live-response.http.response-timeout")), redactor()));
    }

    private void bindHops() {
        bind("liveResponseQuota", QuotaGate.class, () -> hasLedger() ? ledger().quotaGate() : new PauseGate(clock()));
        bind("liveResponseLinkGuard", LinkGuard.class, () -> LinkGuard.of(settings()));
        bind("liveResponseLinks", Links.class, () -> new Links(settings().duration("live-response.link.expiry-margin"), clock()));
        bind("liveResponseApiHttp", HttpClientConfigurer.class, ApiHttpClient::new);
        bind("liveResponseBlobHttp", HttpClientConfigurer.class, () -> new BlobHttpClient(get("liveResponseLinkGuard", LinkGuard.class)));
        bind("liveResponseLinkAnswer", Processor.class, () -> new LinkAnswerProcessor(
                get("liveResponseLinkGuard", LinkGuard.class), get("liveResponseTokens", TenantTokens.class),
                get("liveResponseQuota", QuotaGate.class), tenants(), redactor(),
                millis("live-response.http.response-timeout").plus(ANSWER_MARGIN), clock()));
        bind("liveResponseLinkFault", Processor.class, () -> new HopFault("the API", FailureCode.LINK_UNREACHABLE));
        bind("liveResponseSpool", Spool.class, () -> new Spool(settings().path("live-response.data-directory").resolve("spool"),
                settings().bytes("live-response.result.max-bytes"), millis("live-response.http.response-timeout"), clock()));
        bind("liveResponseBlobAnswer", Processor.class, () -> new BlobAnswerProcessor(get("liveResponseSpool", Spool.class), redactor(), clock()));
        bind("liveResponseBlobFault", Processor.class, () -> new HopFault("the blob store", FailureCode.BLOB_UNREACHABLE));
        bind("liveResponseFailedAttempt", Processor.class, FailedAttempt::new);
        bind("liveResponseResults", ResultReader.class, () -> new ResultReader(
                new TranscriptReader(settings().bytes("live-response.result.max-transcript-bytes"))));
    }

    private void bindActions() {
        bind("liveResponseActionPauses", QuotaGate.class, () -> hasLedger() ? ledger().actionPauses() : new PauseGate(clock()));
        bind("liveResponseActionAnswer", Processor.class, () -> new ActionAnswerProcessor(
                get("liveResponseTokens", TenantTokens.class), get("liveResponseActionPauses", QuotaGate.class), tenants(), redactor(),
                millis("live-response.http.response-timeout").plus(ANSWER_MARGIN), clock()));
        bind("liveResponseActionFault", Processor.class, () -> new ActionFault(get("liveResponseActionPauses", QuotaGate.class)));
        bind("liveResponseActionWork", ActionWork.class, () -> ledger().actionWork());
        bind("liveResponseDiscovery", Discovery.class, () -> ledger().discovery());
    }

    private void bindIntakes() {
        bind("liveResponseRetention", Retention.class, () -> ledger().retention());
        bind("liveResponseApiKey", ApiKey.class, () -> ApiKey.of(settings(), redactor()::hide, System.out::println));
        bind("liveResponseHttpRequests", HttpRequests.class, () -> new HttpRequests(get("liveResponseRequests", RequestReader.class),
                ledger().ledger(), settings().integer("live-response.intake.http.max-bytes")));
        // JMS types are not named here: a host that takes no messages need not have them.
        bind("liveResponseJmsRequests", Object.class, () -> new JmsRequests(get("liveResponseRequests", RequestReader.class)));
        bind("liveResponseIntakeJms", Object.class, () -> settings().find("live-response.intake.jms.url").isPresent()
                ? JmsConnections.of(settings(), TlsSettings.context(context, settings()))
                : registry.lookupByName("liveResponseJmsConnectionFactory"));
    }

    private void bindSinks() {
        bind("liveResponseSinkFailures", SinkFailures.class, SinkFailures::new);
        bind("liveResponseSinkAnswer", Processor.class, () -> new SinkAnswer(
                get("liveResponseTicketLogin", TicketLogin.class), redactor(), clock()));
        bind("liveResponseSinkFault", Processor.class, SinkFault::new);
        bind("liveResponseDeliveries", Deliveries.class, () -> hasLedger() ? ledger().deliveries() : new NoDeliveries());
        bind("liveResponseJson", ObjectMapper.class, ResultJson::mapper);
        bind("liveResponseIndentedJson", ObjectMapper.class, () -> ResultJson.mapper().enable(SerializationFeature.INDENT_OUTPUT));
        bind("liveResponseViews", ResultViews.class, ResultViews::new);
        bind("liveResponseMail", MailParts.class, () -> new MailParts(settings()));
        bind("liveResponseTicketLogin", TicketLogin.class, () -> new TicketLogin(
                settings(), () -> TlsSettings.context(context, settings()), redactor(), clock()));
        bind("liveResponseServiceNow", ServiceNow.class, () -> new ServiceNow(settings(), get("liveResponseViews", ResultViews.class)));
        bind("liveResponseJira", Jira.class, () -> new Jira(settings(), get("liveResponseViews", ResultViews.class)));
        bind("liveResponseWebhookHeaders", Processor.class, () -> new WebhookHeaders(settings(), clock()));
        // Its type is not named here: a host that sends no messages need not have JMS.
        bind("liveResponseJmsConnectionFactory", Object.class,
                () -> JmsSettings.connectionFactory(context, settings(), TlsSettings.context(context, settings())));
        bind("liveResponseFiles", ResultFiles.class, ResultFiles::new);
        bind("liveResponseFileLayout", FileLayout.class, () -> new FileLayout(settings()));
        bind("liveResponseUnpacker", ResultUnpacker.class, () -> new ResultUnpacker(
                settings().path("live-response.deliver.file.directory"), settings().bytes("live-response.result.max-bytes")));
        bind("liveResponseChain", ResultChain.class,
                () -> new ResultChain(settings().path("live-response.deliver.file.directory"), clock()));
        bind("liveResponseMailSession", jakarta.mail.Session.class,
                () -> MailSettings.session(settings(), TlsSettings.context(context, settings())));
        bind("liveResponseMailLogin", MailAuthenticator.class, () -> MailSettings.login(settings()));
    }

    private void bindWork() {
        bind("liveResponseLedger", LedgerRuntime.class, this::startLedger);
        bind("liveResponseWork", Work.class, () -> ledger().work());
        bind("liveResponseBegin", Processor.class, () -> new Begin(get("liveResponseResults", ResultReader.class)));
    }

    private LedgerRuntime startLedger() {
        LedgerRuntime ledger = new LedgerRuntime(settings(), HealthCheckRegistry.get(context));
        try {
            if (ledger.alone()) {
                get("liveResponseSpool", Spool.class).sweepParts();
            }
            context.addService(ledger, true, true);
            ledger.measureIn(context);
            return ledger;
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    private boolean hasLedger() {
        return settings().flag("live-response.worker.enabled");
    }

    private LedgerRuntime ledger() {
        return get("liveResponseLedger", LedgerRuntime.class);
    }

    private <T> void bind(String name, Class<T> type, Supplier<T> factory) {
        if (fallback != null) {
            fallback.add(name, factory);
        } else if (registry.lookupByName(name) == null) {
            registry.bind(name, type, (Supplier<Object>) Suppliers.memorize(factory::get));
        }
    }

    private <T> T get(String name, Class<T> type) {
        return registry.lookupByNameAndType(name, type);
    }

    private Settings settings() {
        return get("liveResponseSettings", Settings.class);
    }

    /** What camel-http takes as milliseconds only. */
    private Duration millis(String key) {
        return Duration.ofMillis(settings().integer(key));
    }

    private Clock clock() {
        return get("liveResponseClock", Clock.class);
    }

    private Redactor redactor() {
        return get("liveResponseRedactor", Redactor.class);
    }

    private Function<String, TenantSettings> tenants() {
        return settings()::tenant;
    }
}
