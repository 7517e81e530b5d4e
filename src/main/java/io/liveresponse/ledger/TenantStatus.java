package io.liveresponse.ledger;

import java.time.Instant;

/**
 * Where a tenant's requests stand and how much of its quota is used.
 *
 * @param backlog requests that still need a link call
 * @param use     the quota of link calls
 * @param pause   null if the tenant is not paused
 * @param at      when this was read
 */
public record TenantStatus(String tenant, long due, long claimed, long delivered, long dead, long backlog, QuotaUse use,
        TenantPause pause, Instant at) {

    /** When the backlog is done at the quota; null if there is none, or the tenant is paused. */
    public Instant estimatedEnd() {
        return pause == null ? use.done(backlog, at) : null;
    }
}
