package io.liveresponse.deliver;

/** The exchange variables of routing and delivery. */
public final class DeliverVariables {

    /** The {@link io.liveresponse.model.Result} being delivered. */
    public static final String RESULT = "liveResponseResult";
    /** The sink being served, such as {@code email}. */
    public static final String SINK = "liveResponseSink";
    /** The sink's own name for what it took: a path, a ticket number, a message id. Unset if nothing was sent. */
    public static final String REFERENCE = "liveResponseReference";

    /** How urgent a ticket is: {@code high}, or unset; set by route-result. */
    public static final String URGENCY = "liveResponseUrgency";
    /** A ticket's text, from {@code ticket.txt}. */
    public static final String TICKET_TEXT = "liveResponseTicketText";
    /** The {@link io.liveresponse.deliver.ticket.Ticket} of the result; unset if the ticket system has none. */
    public static final String TICKET = "liveResponseTicket";
    /**
     * A {@link java.time.Duration}: how long the effect of the last call may stay invisible to a lookup. Zero if no call is in
     * doubt; unset for a sink that cannot be looked up.
     */
    public static final String SETTLE = "liveResponseSettle";

    private DeliverVariables() {
    }
}
