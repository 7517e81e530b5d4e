package io.liveresponse.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets the changes of concurrent threads share one commit, for a database with one writer at a time. The thread that holds the
 * writer's lock runs all changes that wait in one transaction, each behind a savepoint, so that a change that fails takes none
 * of the others with it. No change is told to be done before that transaction is committed. Thread-safe.
 */
final class GroupCommit {

    /** Bounds how long the first of a group waits for the last. */
    private static final int MOST = 64;

    private final TransactionTemplate transactions;
    private final Queue<Change<?>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writer = new ReentrantLock();

    GroupCommit(TransactionTemplate transactions) {
        this.transactions = transactions;
    }

    /** Returns once the work is committed; throws what the work throws, or what keeps the transaction from being committed. */
    <T> T run(Supplier<T> work) {
        if (writer.isHeldByCurrentThread()) {
            return work.get();
        }
        Change<T> change = new Change<>(work);
        waiting.add(change);
        writer.lock();
        try {
            while (!change.done) {
                commit(group());
            }
        } finally {
            writer.unlock();
        }
        return change.result();
    }

    private List<Change<?>> group() {
        List<Change<?>> group = new ArrayList<>();
        for (Change<?> next = waiting.poll(); next != null; next = group.size() < MOST ? waiting.poll() : null) {
            group.add(next);
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

    /** Touched by the thread that holds the writer's lock alone, but for its result once it is done. */
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
