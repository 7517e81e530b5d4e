package io.liveresponse.worker;

import io.liveresponse.fetch.PauseGate;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.NodeRun;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A worker that has claimed one request. */
abstract class ClaimedRequestSupport {

    static final ResultKey KEY = new ResultKey("contoso", "5382f7ea-7557-4ab7-9782-d50480024a4e", 0);

    @TempDir
    Path directory;

    final AtomicBoolean stopping = new AtomicBoolean();
    final AtomicInteger wakes = new AtomicInteger();
    final AtomicLong nanos = new AtomicLong();
    final LedgerGuard contact = new LedgerGuard();
    final Peers peers = new Peers(Clock.systemUTC());
    LedgerDatabase database;
    Ledger ledger;
    Worker worker;
    RequestRecord request;

    @BeforeEach
    void claim() {
        database = LedgerDatabase.open(LedgerAddress.inDirectory(directory));
        Settings settings = Settings.of(Map.of("live-response.tenants", "contoso", "live-response.data-directory", directory.toString(),
                "live-response.retry.grace", "1ms"));
        ledger = new Ledger(database, database.clock(), Quota.of(settings));
        worker = new Worker(ledger, contact, new FailureCounts(), new StorageProbe(settings), peers,
                database.lock(NodeRun.of("node"), Duration.ZERO), WorkerSettings.of(settings),
                new PauseGate(FailureCode.ACTION_QUOTA_EXCEEDED, Clock.systemUTC()), stopping::get, wakes::incrementAndGet,
                database.clock(), new Pace(8, nanos::get));
        worker.start();
        ledger.intake().accept(NewRequest.of(KEY));
        request = worker.claim().get(0);
    }

    @AfterEach
    void close() {
        worker.stop();
        database.close();
    }

    RequestRecord now() {
        return ledger.archive().list(RequestFilter.ALL, null, 1).get(0);
    }
}
