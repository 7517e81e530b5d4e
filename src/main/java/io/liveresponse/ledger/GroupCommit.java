package io.liveresponse.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets the changes of concurrent threads share one commit, for a database with one writer at a time. While one thread commits, the
 * changes of the others queue up; the next one to come runs all of them in one transaction, each behind a savepoint, so that a
 * change that fails takes none of the others with it. No change is told to be done before that transaction is committed. Thread-safe.
 */
final class GroupCommit {

    /** Bounds how long the first of a group waits for the last. */
    private static final int MOST = 64;

    private final TransactionTemplate transactions;
    private final Lock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    private final Queue<Change<?>> waiting = new ArrayDeque<>();
    /** The one thread that commits, or null. It changes under the lock; a thread may ask without it whether it is the one. */
    private volatile Thread writer;

    GroupCommit(TransactionTemplate transactions) {
        this.transactions = transactions;
    }

    /** Returns once the work is committed; throws what the work throws, or what keeps the transaction from being committed. */
    <T> T run(Supplier<T> work) {
        if (writer == Thread.currentThread()) {
            return work.get();
        }
        Change<T> change = new Change<>(work);
        lock.lock();
        try {
            waiting.add(change);
            while (!change.done) {
                if (writer == null) {
                    writeGroup();
                } else {
                    committed.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
        return change.result();
    }

    /** Gives the lock away while it works. */
    private void writeGroup() {
        List<Change<?>> group = group();
        writer = Thread.currentThread();
        lock.unlock();
        try {
            commit(group);
        } finally {
            lock.lock();
            writer = null;
            committed.signalAll();
        }
    }

    private List<Change<?>> group() {
        List<Change<?>> group = new ArrayList<>();
        while (!waiting.isEmpty() && group.size() < MOST) {
            group.add(waiting.remove());
        }
        return group;
    }

    private void commit(List<Change<?>> group) {
        Throwable fault = null;
        try {
            transactions.executeWithoutResult(status -> {
                if (group.size() == 1) {
                    group.get(0).apply();
                } else {
                    group.forEach(change -> change.applyAlone(status));
                }
            });
        } catch (RuntimeException | Error e) {
            fault = e;
        }
        for (Change<?> change : group) {
            change.settle(fault);
        }
    }

    /** Touched by the writer alone while it commits, then under the lock. */
    private static final class Change<T> {

        private final Supplier<T> work;
        private T result;
        private Throwable fault;
        private boolean done;

        Change(Supplier<T> work) {
            this.work = work;
        }

        void apply() {
            result = work.get();
        }

        void applyAlone(TransactionStatus status) {
            Object savepoint = status.createSavepoint();
            try {
                apply();
                status.releaseSavepoint(savepoint);
            } catch (RuntimeException e) {
                try {
                    status.rollbackToSavepoint(savepoint);
                } catch (TransactionException gone) {
                    // the fault has ended the whole transaction, such as a full disk does
                    throw e;
                }
                fault = e;
            }
        }

        /** @param common what kept the group's transaction from being committed, or null */
        void settle(Throwable common) {
            if (fault == null) {
                fault = common;
            }
            done = true;
        }

        T result() {
            if (fault instanceof Error error) {
                throw error;
            }
            if (fault != null) {
                throw (RuntimeException) fault;
            }
            return result;
        }
    }
}
