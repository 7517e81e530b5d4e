package io.liveresponse.camel;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.liveresponse.fetch.ActionDataFormat;
import io.liveresponse.fetch.ApiAnswerProcessor;
import io.liveresponse.fetch.ApiCall;
import io.liveresponse.fetch.ApiErrorTranslator;
import io.liveresponse.fetch.ApiPermit;
import io.liveresponse.fetch.BlobAnswerProcessor;
import io.liveresponse.fetch.BlobErrorTranslator;
import io.liveresponse.fetch.FailedAttempt;
import io.liveresponse.fetch.LinkAddresses;
import io.liveresponse.fetch.LinkGuardProcessor;
import io.liveresponse.fetch.PauseGate;
import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.fetch.ResultReader;
import io.liveresponse.fetch.Spool;
import io.liveresponse.fetch.TranscriptDataFormat;
import io.liveresponse.fetch.http.ApiHttpClient;
import io.liveresponse.fetch.http.BlobHttpClient;
import io.liveresponse.fetch.http.LinkGuard;
import io.liveresponse.fetch.http.ProxiedHttpClient;
import io.liveresponse.fetch.token.Credentials;
import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.model.FailureCode;
import io.liveresponse.settings.ProxySettings;
import io.liveresponse.transcript.TranscriptReader;
import io.liveresponse.worker.ActionWork;
import io.liveresponse.worker.Discovery;
import java.time.Duration;
import java.util.function.Function;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.DataFormat;

/** What the routes from the request to the transcript refer to by name. */
final class FetchBeans {

    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(1);

    private FetchBeans() {
    }

    static void bind(BeanBinding beans) {
        beans.bind("liveResponseTokens", TenantTokens.class, () -> new TenantTokens(beans.tenants(),
                () -> new Credentials(beans.tls(), beans.http().connect(),
                        beans.http().response(), ProxySettings.of(beans.settings())),
                beans.redactor()));
        bindHops(beans);
        bindActions(beans);
    }

    private static void bindHops(BeanBinding beans) {
        beans.bind("liveResponseQuota", QuotaGate.class, () -> beans.hasLedger()
                ? beans.ledger().quotaGate()
                : new PauseGate(FailureCode.LINK_QUOTA_EXCEEDED, beans.clock()));
        beans.bind("liveResponseActionPauses", QuotaGate.class, () -> beans.hasLedger()
                ? beans.ledger().actionGate()
                : new PauseGate(FailureCode.ACTION_QUOTA_EXCEEDED, beans.clock()));
        beans.bind("liveResponseApiHttp", HttpClientConfigurer.class, () -> new ProxiedHttpClient(
                new ApiHttpClient(System::nanoTime), ProxySettings.of(beans.settings())));
        beans.bind("liveResponseApiPermit", Processor.class, () -> new ApiPermit(quota(beans), System::nanoTime));
        beans.bind("liveResponseApiAnswer", Processor.class, () -> new ApiAnswerProcessor(
                beans.get("liveResponseTokens", TenantTokens.class), quota(beans), beans.tenants(), beans.redactor(),
                beans.http().response().plus(ANSWER_MARGIN), beans.clock()));
        beans.bind("liveResponseApiFault", Processor.class, ApiErrorTranslator::new);
        beans.bind("liveResponseStrictJson", ObjectMapper.class, FetchBeans::strictJson);
        beans.bind("liveResponseLinkRules", LinkGuard.class, () -> LinkGuard.of(beans.settings()));
        beans.bind("liveResponseLinkGuard", Processor.class,
                () -> new LinkGuardProcessor(beans.get("liveResponseLinkRules", LinkGuard.class), beans.redactor()));
        beans.bind("liveResponseLinks", LinkAddresses.class,
                () -> new LinkAddresses(beans.settings().duration("live-response.link.expiry-margin"), beans.clock()));
        beans.bind("liveResponseBlobHttp", HttpClientConfigurer.class, () -> new ProxiedHttpClient(
                new BlobHttpClient(beans.get("liveResponseLinkRules", LinkGuard.class)), ProxySettings.of(beans.settings())));
        beans.bind("liveResponseSpool", Spool.class, () -> new Spool(beans.settings().path("live-response.data-directory").resolve("spool"),
                beans.settings().bytes("live-response.result.max-bytes"), beans.http().response(),
                beans.clock()));
        beans.bind("liveResponseBlobAnswer", Processor.class,
                () -> new BlobAnswerProcessor(beans.get("liveResponseSpool", Spool.class), beans.redactor(), beans.clock()));
        beans.bind("liveResponseBlobFault", Processor.class, BlobErrorTranslator::new);
        beans.bind("liveResponseFailedAttempt", Processor.class, FailedAttempt::new);
        beans.bind("liveResponseResults", ResultReader.class, () -> new ResultReader(
                new TranscriptReader(beans.settings().bytes("live-response.result.max-transcript-bytes"))));
        beans.bind("liveResponseTranscript", DataFormat.class,
                () -> new TranscriptDataFormat(beans.get("liveResponseResults", ResultReader.class)));
    }

    /** Two links in one answer, or rubbish behind it, mean that this is not the API speaking. */
    private static ObjectMapper strictJson() {
        return JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    }

    private static Function<ApiCall, QuotaGate> quota(BeanBinding beans) {
        return call -> beans.get(switch (call) {
            case LINK -> "liveResponseQuota";
            case RUN -> "liveResponseRunQuota";
            default -> "liveResponseActionPauses";
        }, QuotaGate.class);
    }

    private static void bindActions(BeanBinding beans) {
        beans.bind("liveResponseActions", DataFormat.class, ActionDataFormat::new);
        beans.bind("liveResponseActionWork", ActionWork.class, () -> beans.ledger().actionWork());
        beans.bind("liveResponseDiscovery", Discovery.class, () -> beans.ledger().discovery());
    }
}
