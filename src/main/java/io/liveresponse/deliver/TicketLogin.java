package io.liveresponse.deliver;

import io.liveresponse.settings.Settings;

/** The desk's login, looked up for each call so that a rotated token is seen. Thread-safe. */
public final class TicketLogin {

    private final Settings settings;

    public TicketLogin(Settings settings) {
        this.settings = settings;
    }

    /** The {@code Authorization} header, or null where no token is set. */
    public String authorization() {
        return settings.find("live-response.deliver.ticket.token").map(token -> "Bearer " + token).orElse(null);
    }
}
