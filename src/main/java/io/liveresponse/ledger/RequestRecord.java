package io.liveresponse.ledger;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.ResultKey;
import java.time.Instant;

/**
 * One request as the ledger holds it.
 *
 * @param acceptedNo    its place in the order of acceptance; the cursor of a listing
 * @param key           which result; not null
 * @param state         where it stands; not null
 * @param attempts      how often it failed since it was accepted, fetched or replayed, whichever was last
 * @param acceptedAt    when it was committed; not null
 * @param nextAttemptAt while due, from when it may be claimed; while claimed, the lease's end; else null
 * @param endedAt       when it was delivered or dead, or null
 * @param leaseOwner    who works on it, or null
 * @param leaseEnd      until when, or null
 * @param action        what was known when it was accepted; not null
 * @param fetched       what was fetched; null while a link call is still needed
 * @param error         the last failure at its present stage, or null
 * @param claims        how often it was claimed since a run last said what became of it, this claim included; more than a few
 *                      mean that the runs end before they can, for which {@link WorkQueue} has no other cure than time
 */
public record RequestRecord(
        long acceptedNo, ResultKey key, RequestState state, int attempts, Instant acceptedAt, Instant nextAttemptAt,
        Instant endedAt, String leaseOwner, Instant leaseEnd, ActionFacts action, FetchedFacts fetched, RequestError error,
        int claims) {
}
