package io.liveresponse.deliver.ticket;

import io.liveresponse.settings.Settings;
import java.time.Duration;

/**
 * The settings {@code live-response.deliver.ticket.*} that ServiceNow and Jira have in common; it holds no secret. Immutable.
 *
 * @param kind          {@code servicenow} or {@code jira}
 * @param url           what comes before {@code /api} or {@code /rest}, without a slash at the end
 * @param table         ServiceNow's table
 * @param apiVersion    of Jira's API: {@code 3} for Cloud, {@code 2} for Data Center
 * @param maxAttachment in bytes; larger results are not attached
 * @param settleTime    how long a new ticket may stay invisible to the search
 */
public record TicketSettings(String kind, String url, String table, String apiVersion, long maxAttachment, Duration settleTime) {

    static final String PREFIX = "live-response.deliver.ticket.";

    /** @throws io.liveresponse.settings.InvalidSettingException if a value is missing or malformed */
    public static TicketSettings of(Settings settings) {
        return new TicketSettings(settings.text(PREFIX + "kind"), settings.text(PREFIX + "url").replaceFirst("/+$", ""),
                settings.text(PREFIX + "table"), settings.text(PREFIX + "api-version"), settings.bytes(PREFIX + "max-attachment"),
                Duration.ofMillis(settings.integer(PREFIX + "settle-time")));
    }
}
