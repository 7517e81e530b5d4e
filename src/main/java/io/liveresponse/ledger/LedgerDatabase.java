package io.liveresponse.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The ledger's database, opened: a small pool of connections to tables of this release's version. Thread-safe. */
public final class LedgerDatabase implements AutoCloseable {

    private static final int POOL_SIZE = 8;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);

    private final HikariDataSource pool;
    private final Sql sql;
    private final Clock clock;

    private LedgerDatabase(HikariDataSource pool, boolean h2) {
        this.pool = pool;
        // H2 writes a commit at once but leaves it to the operating system when it reaches the disk
        this.sql = new Sql(pool, h2 ? "checkpoint sync" : null);
        this.clock = h2 ? Clock.systemUTC() : new DatabaseClock(sql);
    }

    /**
     * Opens the database and brings its tables to this release's version, making them where there are none.
     *
     * @throws LedgerUnavailableException where it does not answer, refuses the login, or was made by a newer release
     */
    public static LedgerDatabase open(LedgerAddress address) {
        makeDirectory(address);
        return connect(address, "", LedgerSchema::migrate);
    }

    /**
     * Opens a database that a service has made, without changing its tables: for commands, which may be of another release
     * than the service that runs.
     *
     * @throws LedgerUnavailableException likewise, and where there is none yet or an older release's
     */
    public static LedgerDatabase attach(LedgerAddress address) {
        return connect(address, address.isH2() ? ";IFEXISTS=TRUE" : "", LedgerSchema::check);
    }

    private static LedgerDatabase connect(LedgerAddress address, String parameters, Consumer<LedgerSchema> prepare) {
        String url = address.url() + parameters;
        String driver = address.isH2() ? "org.h2.Driver" : "org.postgresql.Driver";
        Properties properties = driverProperties(address);
        DataSource direct = new DriverDataSource(url, driver, properties, address.user(), address.password());
        // one connection outside the pool tells what is wrong at once and in the driver's own words
        try (Connection first = direct.getConnection()) {
            first.isValid((int) CONNECTION_TIMEOUT.toSeconds());
            prepare.accept(new LedgerSchema(direct, address));
            return new LedgerDatabase(pool(direct, address), address.isH2());
        } catch (SQLException e) {
            throw new LedgerUnavailableException("the ledger's database " + address
                    + (address.user() == null ? "" : " (user " + address.user() + ")") + " cannot be used: " + e.getMessage());
        }
    }

    private static HikariDataSource pool(DataSource direct, LedgerAddress address) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("live-response-ledger");
        config.setDataSource(direct);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // H2 closes its file with the last connection, so there it is better to keep them
        config.setMaxLifetime(address.isH2() ? 0 : MAX_LIFETIME.toMillis());
        if (!address.isH2()) {
            config.setConnectionInitSql("set lock_timeout = '10s'");
        }
        return new HikariDataSource(config);
    }

    private static Properties driverProperties(LedgerAddress address) {
        Properties properties = new Properties();
        if (!address.isH2()) {
            properties.setProperty("ApplicationName", "live-response-routes");
            properties.setProperty("connectTimeout", "10");
            properties.setProperty("socketTimeout", "60");
            properties.setProperty("tcpKeepAlive", "true");
        }
        return properties;
    }

    private static void makeDirectory(LedgerAddress address) {
        Path directory = address.directory();
        if (directory == null) {
            return;
        }
        try {
            Files.createDirectories(directory);
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new LedgerUnavailableException("the ledger's directory " + directory + " cannot be made: " + e);
        }
    }

    /** The time by which all nodes of this database agree: the server's for PostgreSQL, the machine's for H2. */
    public Clock clock() {
        return clock;
    }

    /** The pool, for health checks and metrics. */
    public DataSource dataSource() {
        return pool;
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
