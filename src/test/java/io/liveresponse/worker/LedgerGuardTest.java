package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.CapturedLog;
import java.io.EOFException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

class LedgerGuardTest {

    private final LedgerGuard guard = new LedgerGuard();
    private final List<String> told = new ArrayList<>();

    private void fail(Throwable cause) {
        assertThatThrownBy(() -> guard.ask(() -> {
            throw new DataAccessResourceFailureException("x", cause);
        })).hasMessageStartingWith("the ledger does not answer: ");
    }

    @Test
    void an_outage_is_one_warning_with_a_reason_on_one_line_and_one_line_at_its_end() throws Exception {
        try (CapturedLog log = new CapturedLog("io.liveresponse.worker.LedgerGuard", Level.INFO)) {
            fail(new SQLException("connection\n  lost"));
            fail(new EOFException());
            guard.ask(() -> true);
            guard.ask(() -> true);

            assertThat(log.lines()).isEqualTo(List.of(
                    "WARN The ledger does not answer (connection lost); nothing is lost, and claiming resumes once it does",
                    "INFO The ledger answers again; claiming resumes"));
        }
    }

    @Test
    void a_fault_without_a_message_is_named_by_its_kind() {
        fail(new EOFException());

        assertThat(guard.fault()).contains("EOFException");
    }

    private void tell(String news, RuntimeException... refusals) {
        Iterator<RuntimeException> left = List.of(refusals).iterator();
        ThrowingCallable told = () -> guard.tell(() -> {
            if (left.hasNext()) {
                throw left.next();
            }
            return this.told.add(news);
        });
        assertThatThrownBy(told).hasMessageStartingWith("the ledger does not answer: ");
    }

    private static RuntimeException away() {
        return new DataAccessResourceFailureException("away");
    }

    @Test
    void what_could_not_be_told_is_told_once_and_in_its_order() {
        tell("first", away(), away());
        tell("second", away());
        assertThatThrownBy(guard::tellAgain).isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(told).isEmpty();

        guard.tellAgain();
        guard.tellAgain();

        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void what_the_ledger_refuses_though_it_answers_does_not_keep_the_rest_from_it() {
        tell("refused", away(), new DataIntegrityViolationException("no such request"));
        tell("second", away());
        try (CapturedLog log = new CapturedLog("io.liveresponse.worker.LedgerGuard", Level.WARN)) {
            guard.tellAgain();
            guard.tellAgain();

            assertThat(log.lines()).hasSize(1);
        }
        assertThat(told).containsExactly("second");
    }
}
