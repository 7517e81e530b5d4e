package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.ledger.PostgresDatabase;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the gates of calls say while the ledger's database is away; an exception of the database's own would be UNEXPECTED, and so the end. */
@Tag("integration")
class LedgerOutageTest {

    private static final ResultKey KEY = new ResultKey("contoso", "5382f7ea-7557-4ab7-9782-d50480024a4e", ResultKey.WHOLE_ACTION);

    /** Its clock is the server's. */
    @RegisterExtension
    static final PostgresDatabase POSTGRES = new PostgresDatabase();

    @TempDir
    Path directory;

    private LedgerRuntime runtime;

    @BeforeEach
    void loseTheDatabase() throws SQLException {
        runtime = new LedgerRuntime(Settings.of(Map.of("live-response.tenants", "contoso", "live-response.data-directory",
                directory.toString(), "live-response.ledger.url", POSTGRES.newDatabaseUrl())), null, () -> false, () -> {
                });
        runtime.start();
        // closes the database; the gates stay
        runtime.stop();
    }

    @Test
    void a_call_about_an_action_or_for_a_link_waits_for_the_database() {
        for (QuotaGate gate : new QuotaGate[]{runtime.actionGate(), runtime.quotaGate()}) {
            assertUnavailable(() -> gate.beforeCall(KEY));
        }
        assertUnavailable(() -> runtime.quotaGate().pause("contoso", Duration.ofMinutes(1)));
    }

    @Test
    void a_pause_of_the_calls_about_actions_needs_no_database() throws Exception {
        runtime.actionGate().pause("contoso", Duration.ofMinutes(1));

        assertThatThrownBy(() -> runtime.actionGate().beforeCall(KEY)).asInstanceOf(type(LiveResponseException.class))
                .satisfies(refused -> assertThat(refused.getCode()).isEqualTo(FailureCode.ACTION_QUOTA_EXCEEDED));
        assertThat(runtime.work().claim()).isEmpty();
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).asInstanceOf(type(LiveResponseException.class))
                .satisfies(failure -> assertThat(failure.getCode()).isEqualTo(FailureCode.LEDGER_UNAVAILABLE));
    }
}
