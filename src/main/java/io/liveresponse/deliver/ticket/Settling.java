package io.liveresponse.deliver.ticket;

import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.settings.Settings;
import java.time.Duration;
import org.apache.camel.Exchange;

/**
 * Marks the time in which nobody knows whether the desk has opened a ticket. Whoever fails in it must wait for
 * {@code live-response.deliver.ticket.settle-time} before the desk is looked at again, for its search may lag behind.
 */
final class Settling {

    private Settling() {
    }

    static void begin(Exchange exchange, Settings settings) {
        exchange.setVariable(DeliverVariables.SETTLE, Duration.ofMillis(settings.integer("live-response.deliver.ticket.settle-time")));
    }

    static void end(Exchange exchange) {
        exchange.removeVariable(DeliverVariables.SETTLE);
    }
}
