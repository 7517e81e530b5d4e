package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class PostgresLedgerTest {

    @RegisterExtension
    static final PostgresDatabase POSTGRES = new PostgresDatabase();

    @Test
    void a_ledger_whose_connections_were_cut_goes_on_by_itself_and_has_lost_nothing() throws SQLException {
        String url = POSTGRES.newDatabaseUrl();
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.of(url, null, null))) {
            Ledger ledger = new Ledger(database, database.clock(), OnBothDatabases.QUOTA);
            ledger.intake().accept(NewRequest.of(OnBothDatabases.key("contoso", 0)));
            try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
            }
            NewRequest another = NewRequest.of(OnBothDatabases.key("contoso", 1));

            Awaitility.await().ignoreExceptions().until(() -> ledger.intake().accept(another).state() == RequestState.DUE);

            assertThat(ledger.archive().list(RequestFilter.ALL, null, 10)).hasSize(2);
        }
    }

    @Test
    void two_nodes_share_the_server_s_time() throws SQLException {
        String url = POSTGRES.newDatabaseUrl();
        try (LedgerDatabase one = LedgerDatabase.open(LedgerAddress.of(url, null, null));
                LedgerDatabase other = LedgerDatabase.open(LedgerAddress.of(url, null, null))) {
            assertThat(one.clock()).isInstanceOf(DatabaseClock.class);
            assertThat(one.clock().instant()).isBefore(other.clock().instant()).isBefore(one.clock().instant());
        }
    }
}
