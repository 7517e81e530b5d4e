package io.liveresponse.worker;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Asks the ledger, and says once when it has stopped answering and once when it answers again. Thread-safe. */
final class LedgerGuard {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerGuard.class);

    private final AtomicReference<String> fault = new AtomicReference<>();

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
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage().replaceAll("\\s+", " ");
            if (fault.getAndSet(reason) == null) {
                LOG.warn("The ledger does not answer ({}); nothing is lost, and claiming resumes once it does", reason);
            }
            throw new LiveResponseException(FailureCode.LEDGER_UNAVAILABLE, "the ledger does not answer: " + reason);
        }
    }

    /** As {@link #ask}; the other answer if the question fails. A ledger that does not answer is logged once. */
    <T> T askOr(Question<T> question, T otherwise) {
        try {
            return ask(question);
        } catch (LiveResponseException e) {
            return otherwise;
        }
    }

    /** Why the last question was not answered; empty where it was. */
    Optional<String> fault() {
        return Optional.ofNullable(fault.get());
    }
}
