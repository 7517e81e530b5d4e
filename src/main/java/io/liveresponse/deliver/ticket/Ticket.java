package io.liveresponse.deliver.ticket;

import java.util.Set;

/**
 * A ticket as a ticket system holds it.
 *
 * @param id      the ticket system's id for it, as its paths want it
 * @param number  the name by which people know it, such as {@code INC0010001} or {@code SOC-7}
 * @param current true if it tells of the result as it is now
 * @param files   the names of its attachments
 */
public record Ticket(String id, String number, boolean current, Set<String> files) {

    public Ticket {
        files = Set.copyOf(files);
    }
}
