package io.liveresponse.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * What differs between the two databases, apart from the statements: those in the directories {@code sql/sqlite} and
 * {@code sql/postgresql} take the place of their namesakes in {@code sql}, and each has its own {@code migration} directory.
 */
enum Dialect {

    /** Times are text of a fixed length in UTC, such as {@code 2026-03-01T08:00:00.000000Z}, which sorts as it reads. */
    SQLITE("sqlite") {
        @Override
        Object time(Instant instant) {
            return instant == null ? null : TEXT.format(instant);
        }

        @Override
        Instant time(ResultSet row, String column) throws SQLException {
            String text = row.getString(column);
            return text == null ? null : Instant.parse(text);
        }

        @Override
        String firstOfMigration() {
            // the transaction begins as a writer's
            return "select 1";
        }

        @Override
        SQLExceptionTranslator translator() {
            return (task, sql, e) -> sqlite(task + ": " + e.getMessage(), e);
        }
    },

    POSTGRESQL("postgresql") {
        @Override
        Object time(Instant instant) {
            return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
        }

        @Override
        Instant time(ResultSet row, String column) throws SQLException {
            OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
            return value == null ? null : value.toInstant();
        }

        @Override
        String firstOfMigration() {
            return "select pg_advisory_xact_lock(hashtext('live_response_schema'))";
        }

        @Override
        SQLExceptionTranslator translator() {
            SQLExceptionTranslator standard = new SQLExceptionSubclassTranslator();
            return (task, sql, e) -> LOCK_NOT_AVAILABLE.equals(e.getSQLState())
                    ? new CannotAcquireLockException(task + ": " + e.getMessage(), e)
                    : standard.translate(task, sql, e);
        }
    };

    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** PostgreSQL's {@code lock_timeout}, which Spring does not count among the errors that a repetition cures. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_CONSTRAINT = 19;

    private final String directory;

    Dialect(String directory) {
        this.directory = directory;
    }

    /** Its directory below {@code sql} and {@code migration}. */
    String directory() {
        return directory;
    }

    /** A time as a statement's parameter; null for null. */
    abstract Object time(Instant instant);

    /** A column's time, or null. */
    abstract Instant time(ResultSet row, String column) throws SQLException;

    /** What a migration's transaction runs first, so that one process migrates at a time. */
    abstract String firstOfMigration();

    /** Spring's exceptions for the driver's; transient ones are those that a repetition of the transaction may cure. */
    abstract SQLExceptionTranslator translator();

    private static DataAccessException sqlite(String message, SQLException e) {
        // the lower byte of an extended code is its kind
        return switch (e.getErrorCode() & 0xFF) {
            case SQLITE_BUSY, SQLITE_LOCKED -> new CannotAcquireLockException(message, e);
            case SQLITE_CONSTRAINT -> new DataIntegrityViolationException(message, e);
            default -> new DataAccessResourceFailureException(message, e);
        };
    }
}
