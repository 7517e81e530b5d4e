package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class LedgerDatabaseTest extends OnBothDatabases {

    @Test
    void a_ledger_made_by_a_newer_release_is_refused_in_plain_words() throws SQLException {
        execute("insert into live_response_schema_history select installed_rank + 100, '99', 'later', type, 'V99__later.sql',"
                + " 7, installed_by, installed_on, 1, true from live_response_schema_history where version = '1'");

        assertThatThrownBy(() -> LedgerDatabase.open(address)).isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("newer release").hasMessageContaining("99");
        assertThatThrownBy(() -> LedgerDatabase.attach(address)).hasMessageContaining("newer release");
    }

    @Test
    void a_command_does_not_bring_an_older_ledger_up_to_date() throws SQLException {
        execute("delete from live_response_schema_history where version = '1'");

        assertThatThrownBy(() -> LedgerDatabase.attach(address)).isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("older release");
    }

    @Test
    void a_ledger_opened_again_holds_what_it_held() {
        accept("contoso", 3);
        database.close();
        database = LedgerDatabase.open(address);

        assertThat(ledger(QUOTA).archive().list(RequestFilter.ALL, null, 10)).hasSize(3);
    }

    @Test
    void its_clock_tells_the_time() {
        assertThat(database.clock().instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void no_message_holds_a_password_wherever_it_stands() {
        for (LedgerAddress unusable : new LedgerAddress[] {
            LedgerAddress.of("jdbc:postgresql://127.0.0.1:1/db?password=hunter2&user=ann", null, null),
            LedgerAddress.of("jdbc:postgresql://127.0.0.1:1/db?sslmode=nonsense-hunter3&password=hunter2", "ann", null),
            LedgerAddress.of("jdbc:postgresql://127.0.0.1:1/db", "ann", "hunter2"),
            LedgerAddress.of("jdbc:h2:file:" + directory.resolve("absent") + ";IFEXISTS=TRUE;Password=hunter2;USER=ann", null, null)}) {
            assertThatThrownBy(() -> LedgerDatabase.open(unusable)).isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("ann").hasNoCause()
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
            assertThat(unusable.toString()).doesNotContain("hunter2").doesNotContain("ann");
        }
        assertThatThrownBy(() -> LedgerAddress.of("jdbc:postgresql://ann:hunter2@db/x", null, null))
                .isInstanceOf(IllegalArgumentException.class).satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
        assertThatThrownBy(() -> LedgerAddress.of("jdbc:oracle:thin:ann/hunter2@db", null, null))
                .isInstanceOf(IllegalArgumentException.class).satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.dataSource().getConnection(); Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
        database.close();
    }
}
