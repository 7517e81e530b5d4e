package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's client with the statements of the {@code sql} directory by their file's name, and transactions. Thread-safe. */
final class Sql {

    private static final int TRIES = 5;

    private final Map<String, String> statements = new ConcurrentHashMap<>();
    private final Dialect dialect;
    private final NamedParameterJdbcTemplate jdbc;
    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final GroupCommit groupCommit;
    private final Rows rows;

    Sql(DataSource dataSource, Dialect dialect) {
        this.dialect = dialect;
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setExceptionTranslator(dialect.translator());
        this.jdbc = new NamedParameterJdbcTemplate(template);
        this.client = JdbcClient.create(jdbc);
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        manager.setExceptionTranslator(dialect.translator());
        this.transactions = new TransactionTemplate(manager);
        // PostgreSQL groups the commits of its sessions by itself; SQLite has one writer at a time
        this.groupCommit = dialect == Dialect.SQLITE ? new GroupCommit(transactions) : null;
        this.rows = new Rows(dialect);
    }

    /** A statement, its parameters still to be given. */
    JdbcClient.StatementSpec statement(String name) {
        return client.sql(text(name));
    }

    /** A statement about one request; the parameters of its key are given. */
    JdbcClient.StatementSpec statement(String name, ResultKey key) {
        return statement(name).params(key(key));
    }

    /** A statement without parameters or result. */
    void execute(String name) {
        jdbc.getJdbcOperations().execute(text(name));
    }

    /** Spring's client, for a statement put together of several. */
    JdbcClient client() {
        return client;
    }

    /** How many rows each of the parameter sets changed, in their order. */
    @SuppressWarnings("unchecked") // an array of generic maps cannot be made otherwise
    int[] updateAll(String name, List<Map<String, Object>> params) {
        return jdbc.batchUpdate(text(name), params.<Map<String, Object>>toArray(Map[]::new));
    }

    /** The parameters that name a request. */
    static Map<String, Object> key(ResultKey key) {
        return Map.of("tenant", key.tenant(), "machine_action_id", key.machineActionId(), "command_index", key.commandIndex());
    }

    /** A time as a parameter; null for null. */
    Object time(Instant instant) {
        return dialect.time(instant);
    }

    Rows rows() {
        return rows;
    }

    /**
     * Runs the work in one transaction that is on the disk when this returns; within such work, as a part of it. A deadlock or a
     * lock that took too long repeats it a few times, so the work must have no effect but on the database. On SQLite another
     * thread may run it.
     */
    <T> T transaction(Supplier<T> work) {
        for (int tries = 1;; tries++) {
            try {
                return once(work);
            } catch (TransientDataAccessException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** As {@link #transaction}, without a repetition. */
    <T> T once(Supplier<T> work) {
        return groupCommit == null ? transactions.execute(status -> work.get()) : groupCommit.run(work);
    }

    /** The text of a statement: this database's own if there is one, else that of both. */
    String text(String name) {
        return statements.computeIfAbsent(name, this::read);
    }

    private String read(String name) {
        try (InputStream own = Sql.class.getResourceAsStream("sql/" + dialect.directory() + "/" + name + ".sql");
                InputStream in = own != null ? own : Sql.class.getResourceAsStream("sql/" + name + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
