package io.liveresponse.deliver;

import io.liveresponse.deliver.ticket.Ticket;

/** The exchange variables of routing and delivery. */
public final class DeliverVariables {

    /** The {@link io.liveresponse.model.Result} being delivered. */
    public static final String RESULT = "liveResponseResult";
    /** The sink being served, such as {@code email}. */
    public static final String SINK = "liveResponseSink";
    /** The sink's own name for what it took: a path, a ticket number, a message id. */
    public static final String REFERENCE = "liveResponseReference";

    /** How urgent a ticket is: {@code high}, or unset; set by route-result. */
    public static final String URGENCY = "liveResponseUrgency";
    /** A new ticket's title, one line. */
    public static final String TICKET_TITLE = "liveResponseTicketTitle";
    /** A ticket's text, from {@code ticket.txt}. */
    public static final String TICKET_TEXT = "liveResponseTicketText";
    /** The {@link Ticket} that is open for the result; unset where the desk has none. */
    public static final String TICKET = "liveResponseTicket";
    /** A {@link java.time.Duration}: set while it is not known whether a call to the desk took effect. */
    public static final String SETTLE = "liveResponseSettle";
    /** The {@code Authorization} header of the call in progress; never set outside of call-ticket-system. */
    public static final String AUTHORIZATION = "liveResponseDeskAuthorization";
    /** What is to become of a request that failed: {@code retry} or {@code dead}; see {@code failure-policy.camel.yaml}. */
    public static final String VERDICT = "liveResponseVerdict";

    private DeliverVariables() {
    }
}
