package io.liveresponse.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs the statements of the {@code sql} directory by their file's name. Thread-safe. */
final class Sql {

    private static final int TRIES = 5;

    private final Map<String, String> statements = new ConcurrentHashMap<>();
    private final NamedParameterJdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final String toDisk;

    /** @param toDisk a statement that forces what was committed to the disk, or null where a commit does so */
    Sql(DataSource dataSource, String toDisk) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.toDisk = toDisk;
    }

    int update(String statement, Params params) {
        return jdbc.update(text(statement), params);
    }

    /** How many rows each of the parameter sets changed, in their order. */
    int[] updateAll(String statement, List<Params> params) {
        return jdbc.batchUpdate(text(statement), params.toArray(Params[]::new));
    }

    <T> List<T> query(String statement, Params params, RowMapper<T> mapper) {
        return jdbc.query(text(statement), params, mapper);
    }

    long count(String statement, Params params) {
        return query(statement, params, (row, number) -> row.getLong(1)).get(0);
    }

    /**
     * Runs the work in one transaction that is on the disk when this returns. A deadlock or a lock that took too long
     * starts it anew a few times, so the work must have no effect but on the database.
     */
    <T> T transaction(Supplier<T> work) {
        T result = committed(work);
        if (toDisk != null) {
            jdbc.getJdbcOperations().execute(toDisk);
        }
        return result;
    }

    private <T> T committed(Supplier<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return transactions.execute(status -> work.get());
            } catch (TransientDataAccessException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private String text(String statement) {
        return statements.computeIfAbsent(statement, Sql::read);
    }

    private static String read(String statement) {
        try (InputStream in = Sql.class.getResourceAsStream("sql/" + statement + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
