package io.liveresponse.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import io.liveresponse.settings.Redactor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;

/** The ledger's database, opened: a small pool of connections to tables of this release's version. Thread-safe. */
public final class LedgerDatabase implements AutoCloseable {

    private static final int POOL_SIZE = 8;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

    /** No connection, and a server that stops, starts or has no connection left; of PostgreSQL's "Error Codes" and its driver's. */
    private static final Set<String> AWAY = Set.of("08001", "08006", "53300", "57P01", "57P02", "57P03");

    /**
     * A node that is frozen with a row locked stops the others no longer than the server waits for it; and a commit is on the
     * server's disk when it returns, whatever the server's own settings say.
     */
    private static final String POSTGRESQL_SESSION = "set lock_timeout = '10s'; set idle_in_transaction_session_timeout = '30s'; set synchronous_commit = on";

    private final LedgerAddress address;
    private final DataSource direct;
    private final HikariDataSource pool;
    private final Sql sql;
    private final Clock clock;

    private LedgerDatabase(LedgerAddress address, DataSource direct) {
        this.address = address;
        this.direct = direct;
        this.pool = pool(direct, address.dialect());
        this.sql = new Sql(pool, address.dialect());
        this.clock = address.dialect() == Dialect.SQLITE ? Clock.systemUTC() : new DatabaseClock(sql);
    }

    /**
     * Opens the database and brings its tables to this release's version, making them where there are none.
     *
     * @throws LedgerUnavailableException where it does not answer, refuses the login, or was made by a newer release
     */
    public static LedgerDatabase open(LedgerAddress address) {
        return connect(address, true);
    }

    /**
     * Opens a database that a service has made, without changing its tables: for commands, which may be of another release
     * than the service, and may run beside it.
     *
     * @throws LedgerUnavailableException likewise, and where there is none yet or an older release's
     */
    public static LedgerDatabase attach(LedgerAddress address) {
        return connect(address, false);
    }

    private static LedgerDatabase connect(LedgerAddress address, boolean create) {
        DataSource direct = address.dialect() == Dialect.SQLITE ? sqlite(address, create) : postgresql(address);
        // one connection outside the pool tells what is wrong at once and in the driver's own words
        try (Connection first = direct.getConnection()) {
            LedgerSchema schema = new LedgerSchema(first, address);
            if (create) {
                schema.migrate();
            } else {
                schema.check();
            }
            // while the first is still open, since SQLite folds its log into the file with the last one
            return new LedgerDatabase(address, direct);
        } catch (SQLException e) {
            throw unavailable(address, e);
        }
    }

    private static DataSource sqlite(LedgerAddress address, boolean create) {
        SqliteFile file = new SqliteFile(address.file());
        if (create) {
            file.makeDirectory();
        } else if (!file.exists()) {
            throw new LedgerUnavailableException(
                    "the ledger's database " + address + " is not found; the service makes it when it first starts");
        }
        return file.dataSource(create);
    }

    private static DataSource postgresql(LedgerAddress address) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "live-response-routes");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        return new DriverDataSource(address.url(), "org.postgresql.Driver", properties, address.user(), address.password());
    }

    /** In the driver's own words, but for the password: who answers at the address may not be a database. */
    static LedgerUnavailableException unavailable(LedgerAddress address, SQLException e) {
        Redactor redactor = new Redactor();
        redactor.hide(address.password());
        return new LedgerUnavailableException("the ledger's database " + address
                + (address.user() == null ? "" : " (user " + address.user() + ")") + " cannot be used: " + redactor.redact(e.getMessage()),
                isAway(e));
    }

    private static boolean isAway(SQLException e) {
        return e.getSQLState() != null && AWAY.contains(e.getSQLState());
    }

    /**
     * Connects once, without looking at the tables.
     *
     * @throws LedgerUnavailableException if a database server cannot be used; never for an embedded database
     */
    public static void probe(LedgerAddress address) {
        if (address.dialect() == Dialect.POSTGRESQL) {
            try (Connection connection = postgresql(address).getConnection()) {
                connection.getMetaData().getDatabaseProductName();
            } catch (SQLException e) {
                throw unavailable(address, e);
            }
        }
    }

    private static HikariDataSource pool(DataSource direct, Dialect dialect) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("live-response-ledger");
        config.setDataSource(direct);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        if (dialect == Dialect.POSTGRESQL) {
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            config.setConnectionInitSql(POSTGRESQL_SESSION);
        } else {
            // a file needs no connections in reserve
            config.setMinimumIdle(1);
        }
        return new HikariDataSource(config);
    }

    /** The time by which all nodes of this database agree: the server's for PostgreSQL, the machine's for SQLite. */
    public Clock clock() {
        return clock;
    }

    /** The pool, for health checks and metrics. */
    public DataSource dataSource() {
        return pool;
    }

    /**
     * Takes the lock of a run's node, for as long as the run works; see {@link WorkQueue#releaseEarlierRuns}.
     *
     * @param patience how long to wait for an earlier run that is about to end
     * @throws LedgerUnavailableException if another run of the node is alive, such as one on a copy of the data directory
     */
    public NodeLock lock(NodeRun run, Duration patience) {
        return NodeLock.take(address, direct, run, patience);
    }

    Sql sql() {
        return sql;
    }

    /** Closes all connections; what is not committed is rolled back. */
    @Override
    public void close() {
        pool.close();
    }
}
