package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.CapturedLog;
import java.io.EOFException;
import java.sql.SQLException;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class LedgerGuardTest {

    private final LedgerGuard guard = new LedgerGuard();

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
}
