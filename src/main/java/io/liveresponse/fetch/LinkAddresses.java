package io.liveresponse.fetch;

import io.liveresponse.fetch.http.DownloadLink;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.time.Clock;
import java.time.Duration;

/** Hands a link out for the one request it is meant for. Thread-safe. */
public final class LinkAddresses {

    private static final int MOST_NEW_LINKS = 3;

    private final Duration margin;
    private final Clock clock;

    /** @param margin a link this near its end is not followed */
    public LinkAddresses(Duration margin, Clock clock) {
        this.margin = margin;
        this.clock = clock;
    }

    /**
     * @param asked how many links this fetch has had; the last one it may have is followed however near its end, since the
     *              store may judge time otherwise than we do
     * @throws LiveResponseException BLOB_LINK_EXPIRED where the link is near its end and another may be asked for
     */
    public String addressOf(DownloadLink link, int asked) throws LiveResponseException {
        if (asked <= MOST_NEW_LINKS && link.expiresWithin(margin, clock)) {
            throw new LiveResponseException(FailureCode.BLOB_LINK_EXPIRED,
                    "the link has less than " + margin.toSeconds() + " s to live (live-response.link.expiry-margin); a new one is asked for");
        }
        return link.reveal();
    }
}
