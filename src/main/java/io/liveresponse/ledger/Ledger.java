package io.liveresponse.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

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
    private final CallQuota quota;
    private final LedgerStatus status;
    private final RequestArchive archive;
    private final RunLedger runs;

    /**
     * As all, with the same quota for each kind of call and this JVM's monotonic clock.
     *
     * @param database opened; stays the caller's to close
     * @param clock    {@link LedgerDatabase#clock()}, so that nodes whose clocks differ agree
     * @param quota    the calls a tenant may make; the same on all nodes
     */
    public Ledger(LedgerDatabase database, Clock clock, Quota quota) {
        this(database, clock, System::nanoTime, Arrays.stream(CallKind.values()).collect(Collectors.toMap(kind -> kind, kind -> quota)));
    }

    /**
     * @param database opened; stays the caller's to close
     * @param clock    {@link LedgerDatabase#clock()}, so that nodes whose clocks differ agree; or a test's own
     * @param nanoTime {@link System#nanoTime}, or a test's own
     * @param quotas   the calls a tenant may make of each kind; the same on all nodes
     */
    public Ledger(LedgerDatabase database, Clock clock, LongSupplier nanoTime, Map<CallKind, Quota> quotas) {
        Sql sql = database.sql();
        EventLog events = new EventLog(sql);
        // what both databases store, so that a time read back equals the time written
        InstantSource time = () -> clock.instant().truncatedTo(ChronoUnit.MICROS);
        TenantRows tenants = new TenantRows(sql);
        this.intake = new RequestIntake(sql, events, time, tenants);
        this.quota = new CallQuota(sql, events, time, nanoTime, tenants, quotas);
        this.queue = new WorkQueue(sql, time, quota);
        this.settlement = new Settlement(sql, events, time, nanoTime);
        this.status = new LedgerStatus(sql, quota);
        this.runs = new RunLedger(sql, time, tenants);
        this.archive = new RequestArchive(sql, events, time, quotas.values().stream()
                .map(one -> one.hourPeriod().plus(one.minutePeriod())).max(Comparator.naturalOrder()).orElse(Duration.ZERO));
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

    /** What every API call passes. */
    public CallQuota quota() {
        return quota;
    }

    /** What operators see at a glance. */
    public LedgerStatus status() {
        return status;
    }

    /** What people and metrics ask. */
    public RequestArchive archive() {
        return archive;
    }

    /** Runs and their devices. */
    public RunLedger runs() {
        return runs;
    }
}
