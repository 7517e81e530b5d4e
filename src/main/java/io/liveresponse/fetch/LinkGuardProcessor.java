package io.liveresponse.fetch;

import io.liveresponse.fetch.http.DownloadLink;
import io.liveresponse.fetch.http.LinkGuard;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Redactor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Checks the link in the API's answer; the body becomes the {@link DownloadLink}. Its secrets are redacted from every log until the
 * exchange has ended. Thread-safe.
 */
public final class LinkGuardProcessor implements Processor {

    private final LinkGuard guard;
    private final Redactor redactor;

    public LinkGuardProcessor(LinkGuard guard, Redactor redactor) {
        this.guard = guard;
        this.redactor = redactor;
    }

    /** @throws LiveResponseException LINK_ANSWER_UNREADABLE if the answer has no link, BLOB_HOST_REFUSED if it may not be followed */
    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        DownloadLinkAnswer answer = exchange.getMessage().getBody(DownloadLinkAnswer.class);
        if (answer == null || answer.link() == null) {
            throw new LiveResponseException(FailureCode.LINK_ANSWER_UNREADABLE,
                    "the API's answer with the download link has no text under \"value\"");
        }
        DownloadLink link = guard.check(answer.link());
        hideWhileInFlight(exchange, link);
        exchange.setVariable(FetchVariables.LINKS_ASKED, exchange.getVariable(FetchVariables.LINKS_ASKED, 0, Integer.class) + 1);
        exchange.getMessage().setBody(link);
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
