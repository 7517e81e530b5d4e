package io.liveresponse.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Keeps two runs of one node from working at the same time, such as a service and another that was started on a copy of its
 * data directory: each would take the other's work for an earlier run's. An advisory lock of a PostgreSQL session of its own, or
 * a lock on a file beside SQLite's; either ends with the process, however that ends. Thread-safe.
 */
public final class NodeLock implements AutoCloseable {

    private static final Duration RETRY_PERIOD = Duration.ofMillis(200);

    /** How soon the server notices that a run's machine is gone: below half a minute. */
    private static final String NOTICE_LOSS = "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

    private final DataSource server;
    private final FileChannel file;
    private final NodeRun run;
    private Connection session;

    private NodeLock(DataSource server, Connection session, FileChannel file, NodeRun run) {
        this.server = server;
        this.session = session;
        this.file = file;
        this.run = run;
    }

    /**
     * Takes the lock, or waits for a run that ends.
     *
     * @param patience how long; half a minute lets a server notice that the earlier run's machine is gone
     * @throws LedgerUnavailableException if another run of the node is alive, or the database does not answer
     */
    static NodeLock take(LedgerAddress address, DataSource server, NodeRun run, Duration patience) {
        long start = System.nanoTime();
        while (true) {
            NodeLock lock = address.file() != null ? ofFile(address.file(), run) : ofServer(address, server, run);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - start >= patience.toNanos() || Thread.currentThread().isInterrupted()) {
                throw refused(address.toString(), run);
            }
            LockSupport.parkNanos(RETRY_PERIOD.toNanos());
        }
    }

    private static LedgerUnavailableException refused(String ledger, NodeRun run) {
        return new LedgerUnavailableException("another run of the node " + run.node() + " is at work in the ledger at " + ledger
                + "; give each service a live-response.data-directory of its own, and do not copy the file 'node' in it");
    }

    private static NodeLock ofFile(Path database, NodeRun run) {
        Path path = database.resolveSibling("node-" + run.node() + ".lock");
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return new NodeLock(null, null, channel, run);
                }
            } catch (OverlappingFileLockException e) {
                // Held by this JVM. The channel stays open, since closing it would drop that lock on POSIX systems; so no second try.
                throw refused(path.getParent().toString(), run);
            }
            channel.close();
            return null;
        } catch (IOException e) {
            throw new LedgerUnavailableException("the file " + path + " cannot be locked: " + e);
        }
    }

    private static NodeLock ofServer(LedgerAddress address, DataSource server, NodeRun run) {
        try {
            Connection session = session(server, run);
            return session == null ? null : new NodeLock(server, session, null, run);
        } catch (SQLException e) {
            throw LedgerDatabase.unavailable(address, e);
        }
    }

    /** @return a session that holds the node's lock, or null if another does */
    private static Connection session(DataSource server, NodeRun run) throws SQLException {
        Connection session = server.getConnection();
        try (Statement settings = session.createStatement();
                PreparedStatement lock = session
                        .prepareStatement("select pg_try_advisory_lock(hashtext('live-response-node'), hashtext(?))")) {
            settings.execute(NOTICE_LOSS);
            lock.setString(1, run.node());
            try (ResultSet answer = lock.executeQuery()) {
                if (answer.next() && answer.getBoolean(1)) {
                    return session;
                }
            }
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        session.close();
        return null;
    }

    /**
     * Whether this run still holds the lock; takes it again if the session was lost meanwhile. To be asked from time to time,
     * such as with each renewal of leases: a run that finds another in its place has to stop working.
     *
     * @return false if another run of the node has it, or the database does not answer
     */
    public synchronized boolean held() {
        if (file != null) {
            return file.isOpen();
        }
        try {
            if (session != null && session.isValid(5)) {
                return true;
            }
            close();
            session = session(server, run);
            return session != null;
        } catch (SQLException e) {
            return false;
        }
    }

    /** The run that holds the lock. */
    public NodeRun run() {
        return run;
    }

    @Override
    public synchronized void close() {
        try {
            if (file != null) {
                file.close();
            }
            if (session != null) {
                session.close();
            }
        } catch (IOException | SQLException e) {
            // gone already, and the lock with it
        }
    }
}
