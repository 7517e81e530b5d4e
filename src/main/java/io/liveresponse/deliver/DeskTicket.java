package io.liveresponse.deliver;

import java.util.Set;

/**
 * A ticket as a desk holds it.
 *
 * @param id      the desk's id for it, as its paths want it
 * @param number  the name by which people know it, such as {@code INC0010001} or {@code SOC-7}
 * @param current true where it tells of the result as it is now
 * @param files   the names of its attachments
 */
public record DeskTicket(String id, String number, boolean current, Set<String> files) {

    public DeskTicket {
        files = Set.copyOf(files);
    }
}
