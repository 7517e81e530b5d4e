package io.liveresponse.worker;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Asks the ledger, and says once when it has stopped answering and once when it answers again. Keeps what it could not be told meanwhile.
 * Thread-safe.
 */
final class LedgerGuard {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerGuard.class);

    private final AtomicReference<String> fault = new AtomicReference<>();
    private final Queue<Question<?>> untold = new ConcurrentLinkedQueue<>();

    /** What needs the ledger, and may fail for reasons of its own. */
    @FunctionalInterface
    interface Question<T> {
        T answer() throws LiveResponseException;
    }

    /** @throws LiveResponseException LEDGER_UNAVAILABLE where the database does not answer; also the question's own */
    <T> T ask(Question<T> question) throws LiveResponseException {
        try {
            T answer = question.answer();
            if (fault.getAndSet(null) != null) {
                LOG.info("The ledger answers again; claiming resumes");
            }
            return answer;
        } catch (DataAccessException | TransactionException e) {
            String reason = reason(e);
            if (fault.getAndSet(reason) == null) {
                LOG.warn("The ledger does not answer ({}); nothing is lost, and claiming resumes once it does", reason);
            }
            throw new LiveResponseException(FailureCode.LEDGER_UNAVAILABLE, "the ledger does not answer: " + reason);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage().replaceAll("\\s+", " ");
    }

    /** As {@link #ask}; the other answer if the question fails. A ledger that does not answer is logged once. */
    <T> T askOr(Question<T> question, T otherwise) {
        try {
            return ask(question);
        } catch (LiveResponseException e) {
            return otherwise;
        }
    }

    /**
     * As {@link #ask}, for what has happened: if the ledger does not answer now, it is told by the next {@link #tellAgain}. What a process
     * that is killed leaves untold is lost, as if it had been killed before.
     *
     * @param news must still be true, or change nothing, when it is told later
     */
    <T> T tell(Question<T> news) throws LiveResponseException {
        try {
            return ask(news);
        } catch (LiveResponseException e) {
            if (e.getCode() == FailureCode.LEDGER_UNAVAILABLE) {
                untold.add(news);
            }
            throw e;
        }
    }

    /**
     * Tells what could not be told, in its order. Goes before each claim, so that this process neither repeats what it has done nor works
     * too early on what has to wait. One caller at a time.
     *
     * @throws DataAccessException  if the ledger still does not answer; the rest is kept
     * @throws TransactionException likewise
     */
    void tellAgain() {
        for (Question<?> news = untold.peek(); news != null; news = untold.peek()) {
            try {
                news.answer();
            } catch (NonTransientDataAccessResourceException | TransientDataAccessException | TransactionException e) {
                throw e;
            } catch (RuntimeException | LiveResponseException e) {
                LOG.warn("What happened while the ledger did not answer cannot be recorded ({}); the request is worked on again",
                        reason(e));
            }
            untold.remove(news);
        }
    }

    /** Why the last question was not answered; empty where it was. */
    Optional<String> fault() {
        return Optional.ofNullable(fault.get());
    }
}
