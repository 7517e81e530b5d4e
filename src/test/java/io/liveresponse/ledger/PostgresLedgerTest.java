package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

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

    @Test
    void a_node_that_is_frozen_with_a_tenant_or_a_request_locked_stops_no_other_tenant() throws SQLException {
        String url = POSTGRES.newDatabaseUrl();
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.of(url, null, null));
                Connection frozen = DriverManager.getConnection(url);
                Statement statement = frozen.createStatement()) {
            Ledger ledger = new Ledger(database, database.clock(), OnBothDatabases.QUOTA);
            for (String tenant : List.of("contoso", "fabrikam", "tailspin")) {
                ledger.intake().accept(OnBothDatabases.requests(tenant, 2).iterator());
            }
            frozen.setAutoCommit(false);
            statement.execute("select 1 from tenant where name = 'contoso' for update");
            statement.execute("select 1 from request where tenant = 'fabrikam' and machine_action_id = '"
                    + OnBothDatabases.key("fabrikam", 0).machineActionId() + "' for update");

            assertThat(OnBothDatabases.keys(ledger.queue().claim("node", OnBothDatabases.LEASE, 8))).containsExactlyInAnyOrder(
                    OnBothDatabases.key("fabrikam", 1), OnBothDatabases.key("tailspin", 0), OnBothDatabases.key("tailspin", 1));
            // nothing else is left, so the claim waits a second for the tenant, and then goes without
            assertThat(ledger.queue().claim("node", OnBothDatabases.LEASE, 8)).isEmpty();
            frozen.rollback();
            assertThat(ledger.queue().claim("node", OnBothDatabases.LEASE, 8)).hasSize(3);
        }
    }

    @Test
    void sessions_end_a_transaction_that_idles_and_wait_for_the_server_s_disk_whatever_the_database_s_settings_say() throws SQLException {
        String url = POSTGRES.newDatabaseUrl();
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
            statement.execute("alter database " + connection.getCatalog() + " set synchronous_commit = off");
        }
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.of(url, null, null))) {
            JdbcClient client = JdbcClient.create(database.dataSource());
            assertThat(client.sql("show synchronous_commit").query(String.class).single()).isEqualTo("on");
            assertThat(client.sql("show idle_in_transaction_session_timeout").query(String.class).single()).isEqualTo("30s");
        }
    }

    @Test
    void a_lock_that_is_not_to_be_had_in_time_is_a_fault_that_a_repetition_cures() throws SQLException {
        String url = POSTGRES.newDatabaseUrl();
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.of(url, null, null));
                Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            Ledger ledger = new Ledger(database, database.clock(), OnBothDatabases.QUOTA);
            ledger.intake().accept(OnBothDatabases.requests("contoso", 1).iterator());
            other.setAutoCommit(false);
            statement.execute("select 1 from tenant where name = 'contoso' for update");
            AtomicInteger tries = new AtomicInteger();

            String name = database.sql().transaction(() -> {
                if (tries.incrementAndGet() == 2) {
                    rollback(other);
                }
                database.sql().execute("short-lock-timeout");
                return database.sql().statement("wait-for-tenants").param("tenants", List.of("contoso"))
                        .query((row, number) -> row.getString("name")).single();
            });

            assertThat(name).isEqualTo("contoso");
            assertThat(tries).hasValue(2);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
