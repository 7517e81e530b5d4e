package io.liveresponse.ledger;

import io.liveresponse.model.Outcome;
import java.time.Instant;

/**
 * Which requests to list; what is null does not narrow the list.
 *
 * @param tenant  the tenant's name, exactly
 * @param state   where it stands
 * @param outcome what became of the command
 * @param script  the script's name, whole, in upper or lower case
 * @param device  the device's DNS name or id, whole, in upper or lower case
 * @param since   accepted at this time or later
 * @param until   accepted before this time
 */
public record RequestFilter(
        String tenant, RequestState state, Outcome outcome, String script, String device, Instant since, Instant until) {

    public static final RequestFilter ALL = new RequestFilter(null, null, null, null, null, null, null);
}
