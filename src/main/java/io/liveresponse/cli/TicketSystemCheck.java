package io.liveresponse.cli;

import io.liveresponse.settings.Settings;

/** Looks whether one kind of ticket system would take tickets, without opening or changing anything there. Thread-safe. */
public interface TicketSystemCheck {

    /** @param settings with a ticket system set up; see {@code live-response.deliver.ticket.} */
    Finding check(Settings settings);
}
