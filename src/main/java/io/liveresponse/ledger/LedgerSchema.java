package io.liveresponse.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.datasource.init.ScriptException;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Brings the tables to this release's version, or finds out that they are at another. A version is one script in the database's
 * directory below {@code migration}; those that a ledger has are named in its table {@code live_response_schema}.
 */
final class LedgerSchema {

    /** The number of the newest script; they have no gaps. */
    static final int VERSION = 4;

    private static final String TABLE = "live_response_schema";

    private final Connection connection;
    private final LedgerAddress address;
    private final Dialect dialect;

    /** @param connection stays the caller's; no transaction is open on it */
    LedgerSchema(Connection connection, LedgerAddress address) {
        this.connection = connection;
        this.address = address;
        this.dialect = address.dialect();
    }

    /**
     * Runs the scripts that are missing, in one transaction, one process at a time.
     *
     * @throws LedgerUnavailableException where the tables are newer than this release, or cannot be changed
     */
    void migrate() throws SQLException {
        if (refuseNewer() == VERSION) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement sql = connection.createStatement()) {
            sql.execute(dialect.firstOfMigration());
            sql.execute("create table if not exists " + TABLE + " (version integer primary key)");
            for (int version = refuseNewer() + 1; version <= VERSION; version++) {
                run("V" + version + ".sql");
                sql.execute("insert into " + TABLE + " (version) values (" + version + ")");
            }
            connection.commit();
        } catch (ScriptException e) {
            connection.rollback();
            throw new LedgerUnavailableException("the ledger's tables at " + address + " cannot be used: " + e.getMessage());
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** @throws LedgerUnavailableException where the tables are not of this release's version */
    void check() throws SQLException {
        if (refuseNewer() < VERSION) {
            throw new LedgerUnavailableException("the ledger at " + address + " was made by an older release or never used; "
                    + "start the service of this release once");
        }
    }

    /** @return the version of the tables; 0 where there are none */
    private int refuseNewer() throws SQLException {
        int found = version();
        if (found > VERSION) {
            throw new LedgerUnavailableException("the ledger at " + address + " was made by a newer release (its version "
                    + found + " is unknown here); start that release, or restore a backup from before it");
        }
        return found;
    }

    private int version() throws SQLException {
        DatabaseMetaData known = connection.getMetaData();
        try (ResultSet tables = known.getTables(null, connection.getSchema(), TABLE.toLowerCase(Locale.ROOT), null)) {
            if (!tables.next()) {
                return 0;
            }
        }
        try (Statement sql = connection.createStatement(); ResultSet version = sql.executeQuery("select max(version) from " + TABLE)) {
            return version.next() ? version.getInt(1) : 0;
        }
    }

    private void run(String script) {
        try (InputStream in = LedgerSchema.class.getResourceAsStream("migration/" + dialect.directory() + "/" + script)) {
            ScriptUtils.executeSqlScript(connection, new ByteArrayResource(in.readAllBytes(), script));
        } catch (IOException e) {
            throw new LedgerUnavailableException("the ledger's tables at " + address + " cannot be used: " + e);
        }
    }
}
