package io.liveresponse.deliver.ticket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.settings.Settings;
import java.util.Map;

/**
 * Fields of a ticket by {@code live-response.deliver.ticket.fields}. Names and values are the operator's; a value of the
 * form {@code %where} is taken from the result's view and is nothing but a text.
 */
final class TicketFields {

    private static final String SETTING = "live-response.deliver.ticket.fields";
    private static final String FROM_RESULT = "%";
    private static final String LIST = "[]";

    private TicketFields() {
    }

    /** @param view the result's text view */
    static void fill(ObjectNode ticket, Settings settings, Map<String, String> view) {
        for (String part : settings.list(SETTING)) {
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1).strip();
            String shown = value.startsWith(FROM_RESULT) ? view.getOrDefault(value.substring(1), value) : value;
            put(ticket, part.substring(0, equals).strip(), shown);
        }
    }

    /** {@code a}, {@code a.b} for an object in an object, {@code a[]} and {@code a[].b} for a list of one. */
    private static void put(ObjectNode parent, String path, String value) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        if (name.endsWith(LIST)) {
            ArrayNode list = parent.withArrayProperty(name.substring(0, name.length() - LIST.length()));
            if (dot < 0) {
                list.add(value);
            } else {
                put(list.addObject(), path.substring(dot + 1), value);
            }
        } else if (dot < 0) {
            parent.put(name, value);
        } else {
            put(parent.withObjectProperty(name), path.substring(dot + 1), value);
        }
    }
}
