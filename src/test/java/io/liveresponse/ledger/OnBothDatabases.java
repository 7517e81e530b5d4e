package io.liveresponse.ledger;

import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger's suite: every test of every subclass runs on SQLite and on PostgreSQL, each on an empty database of its own. */
@Tag("integration")
@ParameterizedClass(name = "on {0}")
@EnumSource(OnBothDatabases.Kind.class)
abstract class OnBothDatabases {

    enum Kind {
        SQLITE, POSTGRESQL
    }

    @RegisterExtension
    static final PostgresDatabase POSTGRES = new PostgresDatabase();

    static final Quota QUOTA = Quota.of(Settings.of(Map.of()));
    static final Quota NO_LIMIT = new Quota(1_000_000, Duration.ofSeconds(62), 1_000_000, Duration.ofSeconds(3650));
    static final Duration LEASE = Duration.ofMinutes(5);

    @Parameter
    Kind kind;

    @TempDir
    Path directory;

    final VirtualClock clock = new VirtualClock();
    LedgerAddress address;
    LedgerDatabase database;
    Ledger ledger;

    @BeforeEach
    void open() throws SQLException {
        address = kind == Kind.SQLITE
                ? LedgerAddress.inDirectory(directory)
                : LedgerAddress.of(POSTGRES.newDatabaseUrl(), null, null);
        database = LedgerDatabase.open(address);
        ledger = ledger(NO_LIMIT);
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    Ledger ledger(Quota quota) {
        return new Ledger(database, clock, clock::nanoTime,
                Map.of(CallKind.LINK, quota, CallKind.ACTION, quota, CallKind.RUN, quota));
    }

    static ResultKey key(String tenant, int number) {
        return new ResultKey(tenant, new UUID(0, number).toString(), 0);
    }

    static List<NewRequest> requests(String tenant, int count) {
        return IntStream.range(0, count).mapToObj(number -> NewRequest.of(key(tenant, number))).toList();
    }

    void accept(String tenant, int count) {
        ledger.intake().accept(requests(tenant, count).iterator());
    }

    static FetchedFacts succeeded(Instant receivedAt) {
        return new FetchedFacts(Outcome.SUCCEEDED, 0, "collect.ps1", "ab".repeat(32), 12L, "spool/x", null, receivedAt);
    }

    static List<ResultKey> keys(List<RequestRecord> requests) {
        return requests.stream().map(RequestRecord::key).toList();
    }
}
