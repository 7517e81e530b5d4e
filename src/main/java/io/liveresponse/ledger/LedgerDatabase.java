package io.liveresponse.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import io.liveresponse.settings.Redactor;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;

/** The ledger's database, opened: a small pool of connections to tables of this release's version. Thread-safe. */
public final class LedgerDatabase implements AutoCloseable {

    private static final int POOL_SIZE = 8;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_PERIOD = Duration.ofMillis(200);
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);

    private final HikariDataSource pool;
    private final H2Door door;
    private final Sql sql;
    private final Clock clock;

    private LedgerDatabase(HikariDataSource pool, boolean h2, H2Door door) {
        this.pool = pool;
        this.door = door;
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
        try {
            return connect(address, address.url(), LedgerSchema::migrate, address.shared());
        } catch (SQLException e) {
            throw unavailable(address, e);
        }
    }

    /**
     * Opens a database that a service has made, without changing its tables: for commands, which may be of another release
     * than the service. For H2 in a data directory this goes through the service where one runs, else to the file.
     *
     * @throws LedgerUnavailableException likewise, and where there is none yet or an older release's
     */
    public static LedgerDatabase attach(LedgerAddress address) {
        try {
            Optional<String> door = address.directory() == null ? Optional.empty() : H2Door.find(address.directory());
            if (door.isPresent()) {
                try {
                    return connect(address, door.get(), LedgerSchema::check, Optional.empty());
                } catch (SQLException e) {
                    if (!refusedConnection(e)) {
                        throw e;
                    }
                    // Left behind by a service that was killed. Any other fault may be a service that still has the file open:
                    // a second writer would destroy it.
                }
            }
            String url = address.url() + (address.isH2() ? ";IFEXISTS=TRUE" : "");
            return connect(address, url, LedgerSchema::check, Optional.empty());
        } catch (SQLException e) {
            throw unavailable(address, e);
        }
    }

    private static boolean refusedConnection(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).anyMatch(ConnectException.class::isInstance);
    }

    private static LedgerDatabase connect(
            LedgerAddress address, String url, Consumer<LedgerSchema> prepare, Optional<String> shared) throws SQLException {
        String driver = address.isH2() ? "org.h2.Driver" : "org.postgresql.Driver";
        DataSource direct = new DriverDataSource(url, driver, driverProperties(address), address.user(), address.password());
        // one connection outside the pool tells what is wrong at once and in the driver's own words
        try (Connection first = first(direct)) {
            first.isValid((int) CONNECTION_TIMEOUT.toSeconds());
            prepare.accept(new LedgerSchema(direct, address));
            H2Door door = shared.isPresent() ? H2Door.open(address.directory(), shared.get()) : null;
            return new LedgerDatabase(pool(direct, address), address.isH2(), door);
        }
    }

    /** Waits a little for an H2 file that another process is about to let go: a command, or the service's earlier run. */
    private static Connection first(DataSource direct) throws SQLException {
        long start = System.nanoTime();
        while (true) {
            try {
                return direct.getConnection();
            } catch (SQLException e) {
                boolean late = System.nanoTime() - start > CONNECTION_TIMEOUT.toNanos();
                if (e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1 || late || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_PERIOD.toNanos());
            }
        }
    }

    /** In the driver's own words, but for the password: who answers at the address may not be a database. */
    private static LedgerUnavailableException unavailable(LedgerAddress address, SQLException e) {
        Redactor redactor = new Redactor();
        redactor.hide(address.password());
        if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return new LedgerUnavailableException("the ledger's database " + address + " is in use by another process; give each service a"
                    + " live-response.data-directory of its own, or share one PostgreSQL by live-response.ledger.url");
        }
        return new LedgerUnavailableException("the ledger's database " + address
                + (address.user() == null ? "" : " (user " + address.user() + ")") + " cannot be used: " + redactor.redact(e.getMessage()));
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
        config.setExceptionOverride(new ClosedDatabase());
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
        if (door != null) {
            door.close();
        }
        pool.close();
    }
}
