package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class LedgerDatabaseTest extends OnBothDatabases {

    @Test
    void a_ledger_made_by_a_newer_release_is_refused_in_plain_words() throws SQLException {
        execute("insert into live_response_schema (version) values (99)");

        assertThatThrownBy(() -> LedgerDatabase.open(address)).isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("newer release").hasMessageContaining("99");
        assertThatThrownBy(() -> LedgerDatabase.attach(address)).hasMessageContaining("newer release");
    }

    @Test
    void a_command_does_not_bring_an_older_ledger_up_to_date() throws SQLException {
        execute("delete from live_response_schema");

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
        for (LedgerAddress unusable : new LedgerAddress[]{
                LedgerAddress.of("jdbc:postgresql://127.0.0.1:1/db?password=hunter2&user=ann", null, null),
                LedgerAddress.of("jdbc:postgresql://127.0.0.1:1/db?sslmode=nonsense-hunter3&password=hunter2", "ann", null),
                LedgerAddress.of("jdbc:postgresql://127.0.0.1:1/db", "ann", "hunter2")}) {
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

    @Test
    void a_server_that_does_not_answer_is_told_from_one_that_refuses() {
        assertThat(isAway("jdbc:postgresql://127.0.0.1:1/db")).isTrue();
        assertThat(isAway("jdbc:postgresql://no-such-host.invalid/db")).isTrue();
        if (kind == Kind.POSTGRESQL) {
            assertThat(isAway(address.url().replaceFirst("/[^/?]+(\\?|$)", "/missing$1"))).isFalse();
            LedgerDatabase.probe(address);
        }
    }

    private static boolean isAway(String url) {
        LedgerUnavailableException thrown = catchThrowableOfType(LedgerUnavailableException.class,
                () -> LedgerDatabase.probe(LedgerAddress.of(url, null, null)));
        return thrown.isAway();
    }

    @Test
    void a_url_of_the_former_embedded_database_is_refused_with_what_to_set_instead() {
        assertThatThrownBy(() -> LedgerAddress.of("jdbc:h2:file:/data/ledger;PASSWORD=hunter2", null, null))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("the ledger's URL must start with jdbc:postgresql://; for the"
                        + " embedded ledger, which is SQLite in the data directory, leave live-response.ledger.url out");
    }

    @Test
    void processes_that_open_an_empty_database_at_once_make_its_tables_once() throws Exception {
        execute("drop table run_device, run, event, api_call, quota, delivery, request, tenant, live_response_schema");
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> open = () -> {
                try (LedgerDatabase opened = LedgerDatabase.open(address)) {
                    return new Ledger(opened, clock, QUOTA).archive().counts().size();
                }
            };
            for (Future<Integer> counts : executor.invokeAll(List.of(open, open, open, open))) {
                assertThat(counts.get()).isZero();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.dataSource().getConnection(); Statement sql = connection.createStatement()) {
            if (kind == Kind.SQLITE && statement.startsWith("drop table")) {
                for (String table : statement.substring("drop table ".length()).split(", ")) {
                    sql.execute("drop table " + table);
                }
            } else {
                sql.execute(statement);
            }
        }
        database.close();
    }
}
