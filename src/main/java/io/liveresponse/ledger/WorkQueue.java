package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Gives out what is due, each request to one owner at a time, for as long as a lease lasts. An owner is one run of one
 * process: its name (at most 200 characters) must differ from that of every other process and of every earlier run, unless
 * the earlier run is known to be dead and its work is taken back by {@link #release}. Thread-safe; no method waits for work.
 */
public final class WorkQueue {

    private final Sql sql;
    private final EventLog events;
    private final InstantSource time;
    private final TenantRows tenants;
    private final LinkQuota linkQuota;
    private final TenantTurns turns = new TenantTurns();

    WorkQueue(Sql sql, EventLog events, InstantSource time, TenantRows tenants, LinkQuota linkQuota) {
        this.sql = sql;
        this.events = events;
        this.time = time;
        this.tenants = tenants;
        this.linkQuota = linkQuota;
    }

    /** As {@link #claim(String, Duration, int, Predicate, Predicate)}, with whole actions of all tenants. */
    public List<RequestRecord> claim(String owner, Duration lease, int max) {
        return claim(owner, lease, max, tenant -> true, tenant -> true);
    }

    /**
     * Takes requests that are due, or whose lease has ended. Of those that need a link call no more than the tenant's quota
     * has room for, counting what is claimed already, and none while the tenant is paused; those already fetched are held
     * back by neither. Oldest first within a tenant; but new requests, retries, missing deliveries and whole actions by turns. Tenants share
     * {@code max} evenly; where there are more tenants than {@code max}, those that have waited longest come first.
     *
     * @param lease how long the owner may work before the requests are given to another
     * @param max   at least 1; meant to be at most some hundreds
     * @param wanted  for which tenants requests are wanted; what belongs to others stays due
     * @param actions for which tenants whole actions are wanted too
     * @return what was claimed, as it now stands; empty where nothing is due
     */
    public List<RequestRecord> claim(String owner, Duration lease, int max, Predicate<String> wanted, Predicate<String> actions) {
        List<RequestRecord> claimed = new ArrayList<>();
        List<String> waiting = turns.order(sql.query("tenants-with-work",
                new Params().time("now", time.instant()), (row, number) -> row.getString("name"))).stream().filter(wanted).toList();
        try {
            while (!waiting.isEmpty() && claimed.size() < max) {
                waiting = claimRound(waiting, owner, lease, max, claimed, actions);
            }
        } catch (DataAccessException | TransactionException e) {
            // what other tenants' transactions have claimed must not wait for its lease to end; the next claim tells the fault
            if (claimed.isEmpty()) {
                throw e;
            }
        }
        return claimed;
    }

    /** @return the tenants that took their whole share, so that more may be due */
    private List<String> claimRound(List<String> waiting, String owner, Duration lease, int max, List<RequestRecord> claimed,
            Predicate<String> actions) {
        List<String> unsated = new ArrayList<>();
        int left = waiting.size();
        for (String tenant : waiting) {
            int free = max - claimed.size();
            int share = (free + left - 1) / left--;
            if (share == 0) {
                break;
            }
            List<RequestRecord> taken = sql.transaction(() -> claimOf(tenant, owner, lease, share, actions.test(tenant)));
            if (!taken.isEmpty()) {
                turns.served(tenant);
            }
            claimed.addAll(taken);
            if (taken.size() == share) {
                unsated.add(tenant);
            }
        }
        return unsated;
    }

    private List<RequestRecord> claimOf(String tenant, String owner, Duration lease, int max, boolean actions) {
        Instant pausedUntil = tenants.lock(tenant);
        Instant now = time.instant();
        Params ended = new Params().text("tenant", tenant).time("now", now);
        sql.update("note-ended-leases", ended);
        sql.update("free-ended-leases", ended);

        long linkCalls = pausedUntil.isAfter(now) ? 0
                : Math.max(0, linkQuota.room(tenant, now) - sql.count("count-reserved", ended));
        List<Long> numbers = new ArrayList<>();
        for (String lane : turns.lanes(tenant)) {
            int free = max - numbers.size();
            if (lane.equals("action")) {
                numbers.addAll(due(tenant, lane, now, actions ? free : 0));
            } else if (lane.equals("deliver")) {
                numbers.addAll(due(tenant, lane, now, free));
            } else {
                List<Long> found = due(tenant, lane, now, (int) Math.min(free, linkCalls));
                linkCalls -= found.size();
                numbers.addAll(found);
            }
        }
        return numbers.isEmpty() ? List.of() : take(numbers, owner, now, now.plus(lease));
    }

    /** Finds the oldest that are due, and locks those that nobody is changing right now. */
    private List<Long> due(String tenant, String lane, Instant now, int max) {
        Params params = new Params().text("tenant", tenant).text("lane", lane).time("now", now).number("max", max);
        List<Long> found = max == 0 ? List.of() : sql.query("find-due", params, (row, number) -> row.getLong(1));
        if (found.isEmpty()) {
            return found;
        }
        params.addValue("numbers", found);
        return sql.query("lock-due", params, (row, number) -> row.getString("lane").equals(lane) ? row.getLong("accepted_no") : null)
                .stream().filter(Objects::nonNull).toList();
    }

    private List<RequestRecord> take(List<Long> numbers, String owner, Instant now, Instant leaseEnd) {
        Params params = new Params().text("owner", owner).time("lease_end", leaseEnd);
        params.addValue("numbers", numbers);
        sql.update("claim", params);
        List<RequestRecord> claimed = sql.query("claimed", params, Rows::request);
        events.addAll(claimed.stream().map(RequestRecord::key).toList(), now, EventKind.CLAIMED, owner);
        return claimed;
    }

    /**
     * Lets the owner's leases last that long from now.
     *
     * @return what the owner still holds; work on anything else is to be dropped, since another may be at it
     */
    public Set<ResultKey> renew(String owner, Duration lease) {
        return sql.transaction(() -> {
            sql.update("renew", new Params().text("owner", owner).time("lease_end", time.instant().plus(lease)));
            return sql.query("held", new Params().text("owner", owner), Rows::key).stream().collect(Collectors.toSet());
        });
    }

    /**
     * Gives back all that the owner holds, due at once and without counting as an attempt.
     *
     * @return how many that were
     */
    public int release(String owner) {
        return sql.transaction(() -> {
            Params params = new Params().text("owner", owner).time("now", time.instant());
            sql.update("note-released", params);
            return sql.update("release", params);
        });
    }
}
