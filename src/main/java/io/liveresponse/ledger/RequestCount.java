package io.liveresponse.ledger;

import io.liveresponse.model.Outcome;
import java.time.Instant;

/**
 * How many of a tenant's requests stand at one state with one outcome.
 *
 * @param outcome       null where it is not known yet
 * @param nextAttemptAt the earliest of them; tells something of those that are due
 */
public record RequestCount(String tenant, RequestState state, Outcome outcome, long requests, Instant nextAttemptAt) {
}
