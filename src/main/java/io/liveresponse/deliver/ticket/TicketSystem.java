package io.liveresponse.deliver.ticket;

import io.liveresponse.model.LiveResponseException;
import org.apache.camel.Exchange;

/**
 * The requests and answers of one ticket system, step by step as the route open-ticket calls them. Each request is left in the
 * message for the route call-ticket-system; each answer is the body, as a {@link com.fasterxml.jackson.databind.JsonNode}.
 * What is found is kept in the variable {@link io.liveresponse.deliver.DeliverVariables#TICKET}. Thread-safe.
 */
public interface TicketSystem {

    /** Builds the request that looks the ticket up. */
    void lookup(Exchange exchange) throws LiveResponseException;

    /** Reads the answer to {@link #lookup}; the ticket stays unset if there is none. */
    void found(Exchange exchange) throws LiveResponseException;

    /** Builds the request that creates the ticket, from the filled template in the body. */
    void create(Exchange exchange) throws LiveResponseException;

    /** Reads the answer to {@link #create}. */
    void created(Exchange exchange) throws LiveResponseException;

    /** Builds the request that adds a result that differs from the ticket's. */
    void comment(Exchange exchange);

    /** Whether the bytes as received are to be attached. */
    boolean wantsFile(Exchange exchange);

    /** Builds the request that attaches them. */
    void attach(Exchange exchange);
}
