package io.liveresponse.deliver;

/** The exchange variables of routing and delivery. */
public final class DeliverVariables {

    /** The {@link io.liveresponse.result.Result} being delivered. */
    public static final String RESULT = "liveResponseResult";
    /** The sink being served, such as {@code email}. */
    public static final String SINK = "liveResponseSink";
    /** The sink's own name for what it took: a path, a ticket number, a message id. */
    public static final String REFERENCE = "liveResponseReference";

    private DeliverVariables() {
    }
}
