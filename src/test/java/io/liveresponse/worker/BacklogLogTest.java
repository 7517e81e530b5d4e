package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.CapturedLog;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.Quota;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogLogTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final String ACTION = "5382f7ea-7557-4ab7-9782-d50480024a4e";

    @TempDir
    Path directory;

    private final Map<String, String> quotaKeys = new TreeMap<>(Map.of("contoso", "id-1", "fabrikam", "id-2"));
    private LedgerDatabase database;
    private Ledger ledger;
    private LedgerSnapshot snapshot;
    private BacklogLog backlog;

    @BeforeEach
    void open() {
        database = LedgerDatabase.open(LedgerAddress.inDirectory(directory));
        ledger = new Ledger(database, CLOCK, Quota.of(Settings.of(Map.of())));
        for (int tenant = 0; tenant < 5; tenant++) {
            quotaKeys.put("small-" + tenant, "id-small-" + tenant);
        }
        snapshot = new LedgerSnapshot(ledger, new LedgerGuard(), quotaKeys);
        backlog = new BacklogLog(snapshot, new LedgerGuard(), ledger.quota(), quotaKeys, CLOCK);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void accept(String tenant, int requests) {
        ledger.intake()
                .accept(IntStream.range(0, requests).mapToObj(index -> NewRequest.of(new ResultKey(tenant, ACTION, index))).iterator());
    }

    private void report() {
        snapshot.refresh();
        snapshot.refreshCounts();
        backlog.report();
    }

    @Test
    void one_line_says_what_waits_for_what_and_when_it_is_done() {
        accept("contoso", 1_600);
        accept("fabrikam", 3);
        ledger.quota().take(CallKind.LINK, "id-1", new ResultKey("contoso", ACTION, 0));
        ledger.quota().pause("fabrikam", CLOCK.instant().plusSeconds(600), "429");
        IntStream.range(0, 5).forEach(tenant -> accept("small-" + tenant, 1));
        accept("elsewhere", 9);
        try (CapturedLog log = new CapturedLog("io.liveresponse.worker.BacklogLog", Level.INFO)) {
            report();

            assertThat(log.lines()).hasSize(1).first().asString()
                    .startsWith("INFO 1608 results wait: 1600 of contoso (1 of 100 link calls used in the minute, 1 of 1500 in the hour;"
                            + " done at about 2026-03-01T12:")
                    .contains("); 3 of fabrikam (paused until 2026-03-01T12:10:00Z); 1 of small-0 (").endsWith("; and 2 more tenants");
        }
    }

    @Test
    void a_single_result_is_told_in_the_singular() {
        accept("contoso", 1);
        try (CapturedLog log = new CapturedLog("io.liveresponse.worker.BacklogLog", Level.INFO)) {
            report();

            assertThat(log.lines()).singleElement().asString().startsWith("INFO 1 result waits: 1 of contoso (");
        }
    }

    @Test
    void nothing_is_logged_without_a_backlog_or_while_the_ledger_does_not_answer() {
        try (CapturedLog log = new CapturedLog("io.liveresponse.worker.BacklogLog", Level.INFO)) {
            report();
            accept("contoso", 1);
            snapshot.refreshCounts();
            database.close();
            backlog.report();

            assertThat(log.lines()).isEmpty();
        }
    }
}
