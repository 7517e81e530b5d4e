package io.liveresponse.fetch;

import io.liveresponse.fetch.http.DownloadLink;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.time.Clock;
import java.time.Duration;

/** The address of a checked link, for the call of the blob store. Thread-safe. */
public final class LinkAddresses {

    private static final int MOST_NEW_LINKS = 3;

    private final Duration margin;
    private final Clock clock;

    /** @param margin a link this close to its expiry is refreshed */
    public LinkAddresses(Duration margin, Clock clock) {
        this.margin = margin;
        this.clock = clock;
    }

    /**
     * @param asked the number of links that this fetch has had; the last one is followed however close to its expiry, since the
     *              store's clock may differ
     * @throws LiveResponseException BLOB_LINK_EXPIRED if the link is close to its expiry and may be refreshed
     */
    public String addressOf(DownloadLink link, int asked) throws LiveResponseException {
        if (asked <= MOST_NEW_LINKS && link.expiresWithin(margin, clock)) {
            throw new LiveResponseException(FailureCode.BLOB_LINK_EXPIRED,
                    "the link has less than " + margin.toSeconds() + " s to live (live-response.link.expiry-margin); it is refreshed");
        }
        return link.reveal();
    }
}
