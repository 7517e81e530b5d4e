package io.liveresponse.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all ticket desks of the simulator have in common. Thread-safe. */
public interface Desk {

    /** The desks to choose from; the label is that of {@code live-response.deliver.ticket.kind}. */
    enum Kind {
        WEBHOOK, SERVICENOW, JIRA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The tickets as the desk holds them, in the order in which they were opened. */
    List<Ticket> tickets();

    /** How many requests asked for a ticket that was there already. */
    int duplicates();

    /**
     * The settings that make it the product's desk. Hold a secret.
     *
     * @param deskUrl the desk's base
     */
    Map<String, String> settings(String deskUrl);
}
