package io.liveresponse.simulator.ticket;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all ticket systems of the simulator have in common. Thread-safe. */
public interface TicketSystem {

    /** The ticket systems to choose from; the label is that of {@code live-response.deliver.ticket.kind}. */
    enum Kind {
        WEBHOOK, SERVICENOW, JIRA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The tickets as the ticket system holds them, in the order in which they were opened. */
    List<Ticket> tickets();

    /** How many requests asked for a ticket that was there already. */
    int duplicates();

    /**
     * The settings that make it the product's ticket system. Hold a secret.
     *
     * @param ticketUrl the ticket system's base
     */
    Map<String, String> settings(String ticketUrl);
}
