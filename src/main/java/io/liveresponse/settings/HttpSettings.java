package io.liveresponse.settings;

import java.time.Duration;

/**
 * The time-outs {@code live-response.http.*} of all outgoing connections. Immutable.
 *
 * @param connectMillis  to open a connection
 * @param responseMillis to wait for an answer, or for the next bytes of one
 */
public record HttpSettings(int connectMillis, int responseMillis) {

    /** @throws InvalidSettingException if a value is malformed */
    public static HttpSettings of(Settings settings) {
        return new HttpSettings(settings.integer("live-response.http.connect-timeout"),
                settings.integer("live-response.http.response-timeout"));
    }

    public Duration connect() {
        return Duration.ofMillis(connectMillis);
    }

    public Duration response() {
        return Duration.ofMillis(responseMillis);
    }
}
