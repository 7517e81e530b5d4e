package io.liveresponse.fetch;

/** The exchange variables of the fetch chain. Variables, not headers: camel-http and camel-mail send headers out. */
public final class FetchVariables {

    /** The {@link io.liveresponse.model.Request} being served. */
    public static final String REQUEST = "liveResponseRequest";
    /** Its {@link io.liveresponse.model.ResultKey}. */
    public static final String KEY = "liveResponseKey";
    /** The {@link io.liveresponse.fetch.http.DownloadLink}, while there is one to follow. */
    public static final String LINK = "liveResponseLink";

    /** How many links this fetch has had. */
    public static final String LINKS_ASKED = "liveResponseLinksAsked";
    /** How many attempts at this fetch or this sink have failed. */
    public static final String FAILURES = "liveResponseFailures";
    /** The {@code Authorization} header of the call under way; a secret, gone when {@code fetch-link} ends. */
    public static final String AUTHORIZATION = "liveResponseAuthorization";

    private FetchVariables() {
    }
}
