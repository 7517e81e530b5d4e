package io.liveresponse.fetch;

import io.liveresponse.fetch.http.DownloadLink;
import io.liveresponse.fetch.http.LinkGuard;
import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Redactor;
import io.liveresponse.settings.TenantSettings;
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

    private final LinkGuard guard;
    private final ApiRefusal refusal;
    private final Redactor redactor;
    private final Duration patience;
    private final Clock clock;

    /** @param patience how long the few bytes of an answer may take altogether */
    public LinkAnswerProcessor(LinkGuard guard, TenantTokens tokens, QuotaGate quota, Function<String, TenantSettings> tenants,
            Redactor redactor, Duration patience, Clock clock) {
        this.guard = guard;
        this.refusal = new ApiRefusal(ApiCall.LINK, tokens, quota, tenants, clock);
        this.redactor = redactor;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException, IOException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        try (InputStream body = HttpAnswer.body(message, clock, patience, Long.MAX_VALUE)) {
            if (status != 200) {
                throw refusal.of(exchange, status, ApiError.read(body, redactor));
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
}
