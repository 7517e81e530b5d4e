package io.liveresponse.ledger;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** Brings the tables to this release's version, or finds out that they are at another. */
final class LedgerSchema {

    private static final String LOCATION = "classpath:io/liveresponse/ledger/migration";

    private final Flyway flyway;
    private final LedgerAddress address;

    LedgerSchema(DataSource dataSource, LedgerAddress address) {
        this.address = address;
        this.flyway = Flyway.configure(LedgerSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(LOCATION)
                .failOnMissingLocations(true)
                .table("live_response_schema_history")
                // the schema may hold a host's own tables
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .cleanDisabled(true)
                .load();
    }

    /** @throws LedgerUnavailableException where the tables are newer than this release, or cannot be changed */
    void migrate() {
        guarded(() -> {
            refuseNewer();
            return flyway.migrate();
        });
    }

    /** @throws LedgerUnavailableException where the tables are not of this release's version */
    void check() {
        if (guarded(this::refuseNewer).pending().length > 0) {
            throw new LedgerUnavailableException("the ledger at " + address + " was made by an older release or never used; "
                    + "start the service of this release once");
        }
    }

    private MigrationInfoService refuseNewer() {
        MigrationInfoService info = flyway.info();
        String newer = Arrays.stream(info.applied())
                .filter(applied -> applied.getState().isApplied() && !applied.getState().isResolved())
                .map(MigrationInfo::getVersion).map(String::valueOf).collect(Collectors.joining(", "));
        if (!newer.isEmpty()) {
            throw new LedgerUnavailableException("the ledger at " + address + " was made by a newer release (its version "
                    + newer + " is unknown here); start that release, or restore a backup from before it");
        }
        return info;
    }

    private <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (FlywayException e) {
            throw new LedgerUnavailableException("the ledger's tables at " + address + " cannot be used: " + e.getMessage());
        }
    }
}
