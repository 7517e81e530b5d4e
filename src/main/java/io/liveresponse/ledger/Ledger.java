package io.liveresponse.ledger;

import java.time.Clock;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The one memory of the bundle: the queue, what was done, and the audit, in one SQL database. Its parts are thread-safe and
 * keep nothing of weight in memory, so any number of ledgers in any number of processes may share a database.
 *
 * <p>All methods throw {@link org.springframework.dao.DataAccessException} or
 * {@link org.springframework.transaction.TransactionException} where the database does not answer; what they were asked
 * to do may be asked again. When a method that changes something returns, the change is committed and on the disk.
 */
public final class Ledger {

    private final RequestIntake intake;
    private final WorkQueue queue;
    private final Settlement settlement;
    private final LinkQuota linkQuota;
    private final RequestArchive archive;

    /**
     * @param database opened; stays the caller's to close
     * @param clock    {@link LedgerDatabase#clock()}, so that nodes whose clocks differ agree; or a test's own
     * @param quota    the link calls a tenant may make; the same on all nodes
     */
    public Ledger(LedgerDatabase database, Clock clock, Quota quota) {
        Sql sql = database.sql();
        EventLog events = new EventLog(sql);
        // what both databases store, so that a time read back equals the time written
        InstantSource time = () -> clock.instant().truncatedTo(ChronoUnit.MICROS);
        TenantRows tenants = new TenantRows(sql);
        this.intake = new RequestIntake(sql, events, time, tenants);
        this.linkQuota = new LinkQuota(sql, events, time, tenants, quota);
        this.queue = new WorkQueue(sql, events, time, tenants, linkQuota);
        this.settlement = new Settlement(sql, events, time);
        this.archive = new RequestArchive(sql, events, time, quota);
    }

    /** Where requests come in. */
    public RequestIntake intake() {
        return intake;
    }

    /** Where nodes take work from. */
    public WorkQueue queue() {
        return queue;
    }

    /** Where nodes say what became of it. */
    public Settlement settlement() {
        return settlement;
    }

    /** What every link call passes. */
    public LinkQuota linkQuota() {
        return linkQuota;
    }

    /** What people and metrics ask. */
    public RequestArchive archive() {
        return archive;
    }
}
