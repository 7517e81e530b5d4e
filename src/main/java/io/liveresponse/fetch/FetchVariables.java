package io.liveresponse.fetch;

/** The exchange variables of the fetch chain. Variables, not headers: camel-http and camel-mail send headers out. */
public final class FetchVariables {

    /** The {@link io.liveresponse.model.Request} being served. */
    public static final String REQUEST = "liveResponseRequest";
    /** Its {@link io.liveresponse.model.ResultKey}. */
    public static final String KEY = "liveResponseKey";
    /** The name of the {@link ApiCall} to make. */
    public static final String CALL = "liveResponseCall";

    /** The number of links that this fetch has had. */
    public static final String LINKS_ASKED = "liveResponseLinksAsked";
    /** The number of failed attempts at this fetch or this sink. */
    public static final String FAILURES = "liveResponseFailures";

    private FetchVariables() {
    }
}
