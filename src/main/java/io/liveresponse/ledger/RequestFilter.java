package io.liveresponse.ledger;

import io.liveresponse.model.FailureCode;
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
 * @param since   accepted at this time or later; with an error, ended at this time or later
 * @param until   accepted before this time; with an error, ended before this time
 * @param run     the id of the run that started the action
 * @param error   the code of its last failure
 */
public record RequestFilter(
        String tenant, RequestState state, Outcome outcome, String script, String device, Instant since, Instant until, String run,
        FailureCode error) {

    public static final RequestFilter ALL = new RequestFilter(null, null, null, null, null, null, null);

    /** Whatever the run and the last failure. */
    public RequestFilter(String tenant, RequestState state, Outcome outcome, String script, String device, Instant since, Instant until) {
        this(tenant, state, outcome, script, device, since, until, null, null);
    }
}
