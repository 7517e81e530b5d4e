package io.liveresponse.promise;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The clock of one PostgreSQL database, which a test steps as a bad time server does: all nodes of the ledger see the step. */
final class SteppingClock {

    private final String url;

    /** @param url of a database without connections, since sessions that are open keep the server's own clock */
    SteppingClock(String url) throws SQLException {
        this.url = url;
        execute("create schema stepped",
                "create table stepped.step (by interval not null)",
                "insert into stepped.step values (interval '0')",
                "create function stepped.clock_timestamp() returns timestamptz language sql volatile as "
                        + "'select pg_catalog.clock_timestamp() + (select by from stepped.step)'",
                "do $$ begin execute format('alter database %I set search_path = stepped, pg_catalog, public', current_database()); end $$");
    }

    /** @param by negative to set it back */
    void step(Duration by) throws SQLException {
        execute("update stepped.step set by = by + interval '" + by.toMillis() + " milliseconds'");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
