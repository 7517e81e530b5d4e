package io.liveresponse.camel;

import io.liveresponse.fetch.ActionAnswerProcessor;
import io.liveresponse.fetch.ActionErrorTranslator;
import io.liveresponse.fetch.BlobAnswerProcessor;
import io.liveresponse.fetch.FailedAttempt;
import io.liveresponse.fetch.HttpErrorTranslator;
import io.liveresponse.fetch.LinkAddresses;
import io.liveresponse.fetch.LinkAnswerProcessor;
import io.liveresponse.fetch.PauseGate;
import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.fetch.ResultReader;
import io.liveresponse.fetch.Spool;
import io.liveresponse.fetch.http.ApiHttpClient;
import io.liveresponse.fetch.http.BlobHttpClient;
import io.liveresponse.fetch.http.ProxiedHttpClient;
import io.liveresponse.fetch.http.LinkGuard;
import io.liveresponse.fetch.token.Credentials;
import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.intake.RequestReader;
import io.liveresponse.model.FailureCode;
import io.liveresponse.settings.ProxySettings;
import io.liveresponse.transcript.TranscriptReader;
import io.liveresponse.worker.ActionWork;
import io.liveresponse.worker.Discovery;
import java.time.Duration;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpClientConfigurer;

/** What the routes from the request to the transcript refer to by name. */
final class FetchBeans {

    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(1);

    private FetchBeans() {
    }

    static void bind(BeanBinding beans) {
        beans.bind("liveResponseRequests", RequestReader.class, () -> new RequestReader(() -> beans.settings().tenants()));
        beans.bind("liveResponseTokens", TenantTokens.class, () -> new TenantTokens(beans.tenants(),
                new Credentials(beans.tls(), beans.millis("live-response.http.connect-timeout"),
                        beans.millis("live-response.http.response-timeout"), ProxySettings.of(beans.settings())), beans.redactor()));
        bindHops(beans);
        bindActions(beans);
    }

    private static void bindHops(BeanBinding beans) {
        beans.bind("liveResponseQuota", QuotaGate.class, () -> beans.hasLedger() ? beans.ledger().quotaGate() : new PauseGate(beans.clock()));
        beans.bind("liveResponseLinkGuard", LinkGuard.class, () -> LinkGuard.of(beans.settings()));
        beans.bind("liveResponseLinks", LinkAddresses.class, () -> new LinkAddresses(beans.settings().duration("live-response.link.expiry-margin"), beans.clock()));
        beans.bind("liveResponseApiHttp", HttpClientConfigurer.class, () -> new ProxiedHttpClient(new ApiHttpClient(), ProxySettings.of(beans.settings())));
        beans.bind("liveResponseBlobHttp", HttpClientConfigurer.class, () -> new ProxiedHttpClient(
                new BlobHttpClient(beans.get("liveResponseLinkGuard", LinkGuard.class)), ProxySettings.of(beans.settings())));
        beans.bind("liveResponseLinkAnswer", Processor.class, () -> new LinkAnswerProcessor(
                beans.get("liveResponseLinkGuard", LinkGuard.class), beans.get("liveResponseTokens", TenantTokens.class),
                beans.get("liveResponseQuota", QuotaGate.class), beans.tenants(), beans.redactor(),
                beans.millis("live-response.http.response-timeout").plus(ANSWER_MARGIN), beans.clock()));
        beans.bind("liveResponseLinkFault", Processor.class, () -> new HttpErrorTranslator("the API", FailureCode.LINK_UNREACHABLE));
        beans.bind("liveResponseSpool", Spool.class, () -> new Spool(beans.settings().path("live-response.data-directory").resolve("spool"),
                beans.settings().bytes("live-response.result.max-bytes"), beans.millis("live-response.http.response-timeout"), beans.clock()));
        beans.bind("liveResponseBlobAnswer", Processor.class, () -> new BlobAnswerProcessor(beans.get("liveResponseSpool", Spool.class), beans.redactor(), beans.clock()));
        beans.bind("liveResponseBlobFault", Processor.class, () -> new HttpErrorTranslator("the blob store", FailureCode.BLOB_UNREACHABLE));
        beans.bind("liveResponseFailedAttempt", Processor.class, FailedAttempt::new);
        beans.bind("liveResponseResults", ResultReader.class, () -> new ResultReader(
                new TranscriptReader(beans.settings().bytes("live-response.result.max-transcript-bytes"))));
    }

    private static void bindActions(BeanBinding beans) {
        beans.bind("liveResponseActionPauses", QuotaGate.class, () -> beans.hasLedger() ? beans.ledger().actionPauses() : new PauseGate(beans.clock()));
        beans.bind("liveResponseActionAnswer", Processor.class, () -> new ActionAnswerProcessor(
                beans.get("liveResponseTokens", TenantTokens.class), beans.get("liveResponseActionPauses", QuotaGate.class), beans.tenants(), beans.redactor(),
                beans.millis("live-response.http.response-timeout").plus(ANSWER_MARGIN), beans.clock()));
        beans.bind("liveResponseActionFault", Processor.class, () -> new ActionErrorTranslator(beans.get("liveResponseActionPauses", QuotaGate.class)));
        beans.bind("liveResponseActionWork", ActionWork.class, () -> beans.ledger().actionWork());
        beans.bind("liveResponseDiscovery", Discovery.class, () -> beans.ledger().discovery());
    }
}
