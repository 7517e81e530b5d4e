package io.liveresponse.fetch;

import io.liveresponse.failure.FailureCode;
import io.liveresponse.failure.LiveResponseException;
import io.liveresponse.link.ApiError;
import io.liveresponse.link.DownloadLink;
import io.liveresponse.link.LinkAnswer;
import io.liveresponse.link.LinkGuard;
import io.liveresponse.result.ResultKey;
import io.liveresponse.secret.Redactor;
import io.liveresponse.settings.TenantSettings;
import io.liveresponse.token.TenantTokens;
import io.liveresponse.token.TokenClaims;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Reads the API's answer to the link call: on 200 the checked link goes into the variable {@code liveResponseLink}, all
 * else is a {@link LiveResponseException} with the code that the retry table knows. Thread-safe.
 */
public final class LinkAnswerProcessor implements Processor {

    /** Where a 429 has no Retry-After that can be read: the shorter of the API's two windows. */
    private static final Duration DEFAULT_PAUSE = Duration.ofMinutes(1);

    private final LinkGuard guard;
    private final TenantTokens tokens;
    private final QuotaGate quota;
    private final Function<String, TenantSettings> tenants;
    private final Redactor redactor;
    private final Duration patience;
    private final Clock clock;

    /** @param patience how long the few bytes of an answer may take altogether */
    public LinkAnswerProcessor(LinkGuard guard, TenantTokens tokens, QuotaGate quota, Function<String, TenantSettings> tenants,
            Redactor redactor, Duration patience, Clock clock) {
        this.guard = guard;
        this.tokens = tokens;
        this.quota = quota;
        this.tenants = tenants;
        this.redactor = redactor;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException, IOException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        try (InputStream body = HopAnswer.body(message, clock, patience, Long.MAX_VALUE)) {
            if (status != 200) {
                throw failure(exchange, status, ApiError.read(body, redactor));
            }
            DownloadLink link = guard.check(LinkAnswer.link(body));
            hideWhileInFlight(exchange, link);
            exchange.setVariable(FetchVariables.LINK, link);
            exchange.setVariable(FetchVariables.LINKS_ASKED, exchange.getVariable(FetchVariables.LINKS_ASKED, 0, Integer.class) + 1);
            message.setBody(null);
        }
    }

    private void hideWhileInFlight(Exchange exchange, DownloadLink link) {
        link.secrets().forEach(redactor::hide);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                link.secrets().forEach(redactor::unhide);
            }
        });
    }

    private LiveResponseException failure(Exchange exchange, int status, ApiError error) throws LiveResponseException {
        ResultKey key = exchange.getVariable(FetchVariables.KEY, ResultKey.class);
        String authorization = exchange.getVariable(FetchVariables.AUTHORIZATION, String.class);
        String said = "the API answers " + status + error.text().map(text -> " (" + text + ")").orElse("") + " for " + key;
        return switch (status) {
            case 400 -> failure(FailureCode.LINK_BAD_REQUEST, said + "; is the command index right?", error);
            case 401 -> tokens.refused(key.tenant(), authorization)
                    ? failure(FailureCode.LINK_TOKEN_EXPIRED, said + "; a fresh token is fetched", error)
                    : failure(FailureCode.LINK_UNAUTHORIZED, said + " also with a fresh token; " + advice(key.tenant(), authorization), error);
            case 403 -> failure(FailureCode.LINK_FORBIDDEN, said + "; " + advice(key.tenant(), authorization), error);
            case 404 -> failure(FailureCode.LINK_NOT_FOUND, said + "; there is no such result, or none yet", error);
            case 409 -> failure(FailureCode.LINK_NOT_READY, said + "; the action has not ended", error);
            case 429 -> paused(key, said, error, HopAnswer.retryAfter(exchange.getMessage(), clock).orElse(DEFAULT_PAUSE));
            default -> new LiveResponseException(FailureCode.LINK_SERVER_ERROR, said, error.target(),
                    HopAnswer.retryAfter(exchange.getMessage(), clock).orElse(null));
        };
    }

    private LiveResponseException paused(ResultKey key, String said, ApiError error, Duration pause) throws LiveResponseException {
        quota.pause(key.tenant(), pause);
        return new LiveResponseException(FailureCode.LINK_QUOTA_EXCEEDED,
                said + "; the tenant pauses for " + pause.toSeconds() + " s", error.target(), pause);
    }

    private String advice(String tenant, String authorization) {
        return TokenClaims.of(authorization).advice(tenant, tenants.apply(tenant).scope());
    }

    private static LiveResponseException failure(FailureCode code, String message, ApiError error) {
        return new LiveResponseException(code, message, error.target(), null);
    }
}
