package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/**
 * Gives out what is due, each request to one owner at a time, for as long as a lease lasts. An owner is one run of one
 * process: its name (at most 200 characters) must differ from that of every other process and of every earlier run, unless
 * the earlier run is known to be dead and its work is taken back by {@link #release}. Thread-safe; no method waits for work.
 */
public final class WorkQueue {

    /** How many tenants share a transaction. */
    private static final int PAGE = 100;

    private final Sql sql;
    private final InstantSource time;
    private final CallQuota quota;
    private final FairScheduler scheduler = new FairScheduler();

    WorkQueue(Sql sql, InstantSource time, CallQuota quota) {
        this.sql = sql;
        this.time = time;
        this.quota = quota;
    }

    /** As {@link #claim(String, Duration, int, Function, Predicate)}, with whole actions of all tenants, each its own quota. */
    public List<RequestRecord> claim(String owner, Duration lease, int max) {
        return claim(owner, lease, max, tenant -> tenant, tenant -> true);
    }

    /**
     * Takes requests that are due, or whose lease has ended, but for what the owner itself holds. Of those that need a link call
     * no more than the tenant's quota has room for, counting what is claimed already, and none while the tenant is paused; those
     * already fetched are held back by neither. Oldest first within a tenant; but new requests, retries, missing deliveries and
     * whole actions by turns. Tenants share {@code max} evenly, in turn. A tenant that another node is claiming for, or whose
     * claim fails, is left out.
     *
     * <p>Reads of the tenants those that have unfinished requests, until {@code max} are claimed; what is due is claimed in a few
     * statements for up to a hundred tenants.
     *
     * @param lease     how long the owner may work before the requests are given to another
     * @param max       at least 1; meant to be at most some hundreds
     * @param quotaKeys a tenant's id at the API, by its name; null for a tenant that is not to be claimed for, such as one that this
     *                  node's settings do not name
     * @param actions   for which tenants whole actions are wanted too
     * @return what was claimed, as it now stands; empty where nothing is due
     */
    public List<RequestRecord> claim(String owner, Duration lease, int max, Function<String, String> quotaKeys,
            Predicate<String> actions) {
        Claim claim = new Claim(new ClaimTerms(owner, lease, quotaKeys, actions), max);
        try {
            claim.run();
        } catch (RuntimeException e) {
            // what earlier transactions have claimed must not wait for its lease to end; the next claim tells the fault
            if (claim.claimed.isEmpty()) {
                throw e;
            }
        }
        return claim.claimed;
    }

    /** One call of {@link #claim}. */
    private final class Claim {

        private final ClaimTerms terms;
        private final int max;
        private final List<RequestRecord> claimed = new ArrayList<>();
        private final List<String> unsated = new ArrayList<>();
        private final List<String> locked = new ArrayList<>();
        private RuntimeException fault;

        Claim(ClaimTerms terms, int max) {
            this.terms = terms;
            this.max = max;
        }

        private int free() {
            return max - claimed.size();
        }

        void run() {
            String start = scheduler.lastServed();
            walk(start, null);
            walk("", start);
            while (free() > 0 && !unsated.isEmpty()) {
                List<String> again = List.copyOf(unsated.subList(0, Math.min(unsated.size(), Math.min(free(), PAGE))));
                unsated.subList(0, again.size()).clear();
                claimFor(again, false);
            }
            if (claimed.isEmpty() && !locked.isEmpty()) {
                // another node is claiming for all that have work, and may leave some
                claimFor(List.copyOf(locked.subList(0, Math.min(locked.size(), Math.min(free(), PAGE)))), true);
            }
            if (claimed.isEmpty() && fault != null) {
                throw fault;
            }
        }

        /** Claims for the tenants with due requests whose names come after one and, unless that is null, not after the other. */
        private void walk(String from, String through) {
            String after = from;
            while (free() > 0 && after != null) {
                int most = Math.min(free(), PAGE);
                List<String> names = sql.statement("due-tenants").param("after", after)
                        .param("now", sql.time(time.instant())).param("max", most).query(String.class).list();
                List<String> page = names.stream().filter(name -> through == null || name.compareTo(through) <= 0)
                        .filter(name -> terms.quotaKeys().apply(name) != null).toList();
                if (!page.isEmpty()) {
                    claimFor(page, false);
                }
                boolean more = names.size() == most && (through == null || names.get(most - 1).compareTo(through) < 0);
                after = more ? names.get(most - 1) : null;
            }
        }

        /** A tenant whose claim fails, such as for a row that cannot be read, does not keep the others from theirs. */
        private void claimFor(List<String> page, boolean wait) {
            try {
                // a new one for each repetition
                TenantsClaim done = wait ? sql.once(() -> claim(page, true)) : sql.transaction(() -> claim(page, false));
                claimed.addAll(done.claimed());
                unsated.addAll(done.unsated());
                locked.addAll(done.locked());
                done.served().ifPresent(scheduler::served);
            } catch (NonTransientDataAccessResourceException | TransactionException e) {
                throw e;
            } catch (CannotAcquireLockException e) {
                // the others go first; the next claim finds what is left
                locked.addAll(page);
            } catch (RuntimeException e) {
                if (page.size() == 1) {
                    fault = e;
                } else {
                    page.forEach(tenant -> claimFor(List.of(tenant), wait));
                }
            }
        }

        private TenantsClaim claim(List<String> page, boolean wait) {
            return new TenantsClaim(sql, time, quota, scheduler, terms, page, free()).claim(wait);
        }
    }

    /**
     * Lets the owner's leases last that long from now.
     *
     * @return what the owner still holds; work on anything else is to be dropped, since another may be at it
     */
    public Set<ResultKey> renew(String owner, Duration lease) {
        return sql.transaction(() -> {
            sql.statement("renew").param("owner", owner).param("lease_end", sql.time(time.instant().plus(lease))).update();
            return Set.copyOf(sql.statement("held").param("owner", owner).query(Rows::key).list());
        });
    }

    /**
     * Gives back all that the owner holds, due at once and without counting as an attempt or a claim. For an owner that stops. A delivery
     * of it may still be under way; whoever claims the request next waits for that, see {@link Settlement#begin}.
     *
     * @return how many that were
     */
    public int release(String owner) {
        return sql.transaction(() -> release(owner, 1));
    }

    /**
     * Gives back what earlier runs of a node held when they ended. They ended without saying what became of it, so their claims
     * stay counted. Only for a run that {@link NodeLock holds the node's lock}: otherwise an earlier run may be alive.
     *
     * @param run the run that starts; what it holds is left alone
     * @return how many that were
     */
    public int releaseEarlierRuns(NodeRun run) {
        return sql.transaction(() -> sql.statement("owners")
                .param("first", run.node() + NodeRun.SEPARATOR).param("after", run.node() + (char) (NodeRun.SEPARATOR + 1))
                .param("owner", run.owner()).query(String.class).list().stream()
                .mapToInt(owner -> release(owner, 0)).sum());
    }

    /** When a request is due again after a claim that no run ended: at once, later after the third, the sixth and the ninth in a row. */
    static Map<String, Object> waits(Sql sql, Instant now) {
        return Map.of("now", sql.time(now), "second", sql.time(now.plusSeconds(2)), "third", sql.time(now.plusSeconds(15)),
                "last", sql.time(now.plusSeconds(60)));
    }

    private int release(String owner, int uncounted) {
        Instant now = time.instant();
        sql.statement("note-released").param("owner", owner).param("now", sql.time(now)).update();
        return sql.statement("release").param("owner", owner).param("uncounted", uncounted)
                .params(waits(sql, now)).update();
    }
}
