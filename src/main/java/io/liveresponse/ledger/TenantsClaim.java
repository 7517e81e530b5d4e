package io.liveresponse.ledger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Some tenants' part of a claim, in one transaction. */
final class TenantsClaim {

    private static final List<String> LANES = List.of("fresh", "retry", "deliver", "action");

    private final Sql sql;
    private final InstantSource time;
    private final CallQuota quota;
    private final FairScheduler scheduler;
    private final ClaimTerms terms;
    private final List<String> tenants;
    private final int free;
    private final List<RequestRecord> claimed = new ArrayList<>();
    private final List<String> unsated = new ArrayList<>();
    private final List<String> locked = new ArrayList<>();
    private Optional<String> served = Optional.empty();
    private Instant now;
    private final Map<String, Instant> pausedUntil = new HashMap<>();
    private final Map<String, Integer> rooms = new HashMap<>();
    private final Map<String, Map<String, List<Long>>> due = new HashMap<>();

    /** @param free how many requests to claim at most */
    TenantsClaim(Sql sql, InstantSource time, CallQuota quota, FairScheduler scheduler, ClaimTerms terms, List<String> tenants,
            int free) {
        this.sql = sql;
        this.time = time;
        this.quota = quota;
        this.scheduler = scheduler;
        this.terms = terms;
        this.tenants = tenants;
        this.free = free;
    }

    /** @param wait whether for tenants that another node is claiming for; they are left out otherwise */
    TenantsClaim claim(boolean wait) {
        lock(wait);
        List<String> own = tenants.stream().filter(pausedUntil::containsKey).toList();
        if (own.isEmpty()) {
            return this;
        }
        now = time.instant();
        freeEndedLeases(own);
        findRooms(own);
        int left = free;
        List<String> order = new ArrayList<>();
        Map<String, Integer> shares = new HashMap<>();
        for (String tenant : own) {
            int share = (left + own.size() - order.size() - 1) / (own.size() - order.size());
            order.add(tenant);
            shares.put(tenant, share);
            left -= share;
        }
        find(shares);
        List<Long> numbers = new ArrayList<>();
        for (String tenant : order) {
            List<Long> picked = pick(tenant, shares.get(tenant));
            numbers.addAll(picked);
            if (!picked.isEmpty()) {
                served = Optional.of(tenant);
            }
            if (!picked.isEmpty() && picked.size() == shares.get(tenant)) {
                unsated.add(tenant);
            }
        }
        if (!numbers.isEmpty()) {
            take(numbers);
        }
        return this;
    }

    private void lock(boolean wait) {
        if (wait) {
            sql.execute("short-lock-timeout");
        }
        sql.statement(wait ? "wait-for-tenants" : "lock-tenants").param("tenants", tenants).query(row -> {
            Instant until = sql.rows().time(row, "paused_until");
            pausedUntil.put(row.getString("name"), until == null ? Instant.MIN : until);
        });
        tenants.stream().filter(tenant -> !pausedUntil.containsKey(tenant)).forEach(locked::add);
    }

    private void freeEndedLeases(List<String> own) {
        List<Long> ended = sql.statement("ended-leases").param("tenants", own).param("now", sql.time(now))
                .param("owner", terms.owner()).query(Long.class).list();
        if (!ended.isEmpty()) {
            sql.statement("note-ended-leases").param("numbers", ended).param("now", sql.time(now)).update();
            sql.statement("free-ended-leases").param("numbers", ended).params(WorkQueue.waits(sql, now)).update();
        }
    }

    /** How many link calls each quota has room for, less what is claimed for one already. */
    private void findRooms(List<String> own) {
        Set<String> keys = own.stream().map(terms.quotaKeys()).collect(Collectors.toSet());
        rooms.putAll(quota.rooms(CallKind.LINK, keys, now));
        sql.statement("count-reserved").param("tenants", own).param("now", sql.time(now)).query(row -> {
            rooms.merge(terms.quotaKeys().apply(row.getString("tenant")), -row.getInt("reserved"), Integer::sum);
        });
    }

    private int linkCalls(String tenant) {
        return pausedUntil.get(tenant).isAfter(now) ? 0 : Math.max(0, rooms.get(terms.quotaKeys().apply(tenant)));
    }

    private void find(Map<String, Integer> shares) {
        List<Object[]> wanted = new ArrayList<>();
        shares.forEach((tenant, share) -> {
            for (String lane : LANES) {
                int most = switch (lane) {
                    case "fresh", "retry" -> Math.min(share, linkCalls(tenant));
                    case "action" -> terms.actions().test(tenant) ? share : 0;
                    default -> share;
                };
                if (most > 0) {
                    wanted.add(new Object[]{tenant, lane});
                }
            }
        });
        if (!wanted.isEmpty()) {
            // the largest share for each; what is too much for one is not picked
            sql.statement("find-due").param("wanted", wanted).param("now", sql.time(now))
                    .param("max", Collections.max(shares.values())).query(row -> {
                        due.computeIfAbsent(row.getString("tenant"), tenant -> new HashMap<>())
                                .computeIfAbsent(row.getString("lane"), lane -> new ArrayList<>()).add(row.getLong("accepted_no"));
                    });
        }
    }

    private List<Long> pick(String tenant, int share) {
        Map<String, List<Long>> found = due.getOrDefault(tenant, Map.of());
        List<Long> picked = new ArrayList<>();
        if (found.isEmpty()) {
            return picked;
        }
        for (String lane : scheduler.lanes(tenant)) {
            boolean call = lane.equals("fresh") || lane.equals("retry");
            List<Long> numbers = found.getOrDefault(lane, List.of());
            int most = Math.min(numbers.size(), Math.min(share - picked.size(), call ? linkCalls(tenant) : share));
            picked.addAll(numbers.subList(0, most));
            if (call) {
                rooms.merge(terms.quotaKeys().apply(tenant), -most, Integer::sum);
            }
        }
        return picked;
    }

    private void take(List<Long> numbers) {
        claimed.addAll(sql.statement("claim").param("owner", terms.owner())
                .param("lease_end", sql.time(now.plus(terms.lease()))).param("numbers", numbers).query(sql.rows()::request).list());
        claimed.sort(Comparator.comparing(RequestRecord::acceptedNo));
        if (!claimed.isEmpty()) {
            sql.statement("note-claimed").param("numbers", claimed.stream().map(RequestRecord::acceptedNo).toList())
                    .param("now", sql.time(now)).update();
        }
    }

    List<RequestRecord> claimed() {
        return claimed;
    }

    /** Tenants that may have more due than their share. */
    List<String> unsated() {
        return unsated;
    }

    /** Tenants that another node is claiming for. */
    List<String> locked() {
        return locked;
    }

    /** The last of the tenants for which something was claimed. */
    Optional<String> served() {
        return served;
    }
}
