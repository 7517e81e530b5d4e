package io.liveresponse.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of the PostgreSQL server, so that nodes whose own clocks differ agree on windows and leases. Asks the server each
 * time, on the transaction's own connection where there is one: an offset kept in memory would be wrong after a machine was
 * suspended. Thread-safe.
 *
 * <p>{@link #instant} throws {@link org.springframework.dao.DataAccessException} where the server does not answer.
 */
public final class DatabaseClock extends Clock {

    private final Sql sql;
    private final ZoneId zone;

    DatabaseClock(Sql sql) {
        this(sql, ZoneOffset.UTC);
    }

    private DatabaseClock(Sql sql, ZoneId zone) {
        this.sql = sql;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return sql.statement("database-time").query((row, number) -> row.getObject(1, OffsetDateTime.class)).single().toInstant();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new DatabaseClock(sql, other);
    }
}
