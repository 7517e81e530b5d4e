package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.PostgresDatabase;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestError;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.VirtualClock;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The third promise: across threads, retries, restarts and nodes. */
@Tag("integration")
class TheQuotaIsNeverBrokenTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int HOURS = Boolean.getBoolean("live-response.long") ? 24 : 3;
    private static final Quota QUOTA = Quota.of(Settings.of(Map.of()));

    @RegisterExtension
    static final PostgresDatabase POSTGRES = new PostgresDatabase();

    @TempDir
    Path directory;

    private final VirtualClock clock = new VirtualClock();

    /**
     * Three hours under backlog on a virtual clock, a day with {@code -Dlive-response.long=true}, by claims as the worker makes
     * them: two nodes, either killed each half hour with
     * what it holds, and every ninth request failing so that it comes back. The double refuses what is over a true window.
     */
    @Test
    void hoursUnderBacklogWithTwoNodesAndTwoRestartsAnHourUseTheQuotaAndNeverExceedsIt() {
        TrueWindows api = new TrueWindows();
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(directory))) {
            accept(database, HOURS * 1_600);
            Instant end = clock.instant().plus(Duration.ofHours(HOURS));
            Node[] nodes = {new Node(database, "a"), new Node(database, "b")};
            Instant restart = clock.instant().plus(Duration.ofMinutes(30));
            int restarts = 0;
            for (int round = 0; clock.instant().isBefore(end); round++) {
                if (!clock.instant().isBefore(restart)) {
                    nodes[restarts % 2].claim();
                    nodes[restarts % 2] = new Node(database, restarts % 2 == 0 ? "a" : "b");
                    restarts++;
                    restart = restart.plus(Duration.ofMinutes(30));
                }
                int calls = nodes[round % 2].work(api);
                clock.advance(calls > 0 ? Duration.ofMillis(20) : Duration.ofSeconds(5));
            }
            assertThat(restarts).isEqualTo(2 * HOURS - 1);
        }
        assertThat(api.refused).as("answers of 429").isZero();
        assertThat(api.most(Duration.ofMinutes(1))).isLessThanOrEqualTo(100);
        assertThat(api.most(Duration.ofHours(1))).isLessThanOrEqualTo(1_500);
        assertThat(api.calls.size()).isGreaterThanOrEqualTo((int) Math.ceil(HOURS * 1_500 * 0.95));
    }

    private void accept(LedgerDatabase database, int requests) {
        new Ledger(database, clock, clock::nanoTime, Map.of(CallKind.LINK, QUOTA)).intake().accept(IntStream.range(0, requests)
                .mapToObj(number -> NewRequest.of(new ResultKey("contoso", new UUID(1, number).toString(), 0))).iterator());
    }

    /** One run of one process, with the hands of the worker and nothing behind them but a double of the API. */
    private final class Node {

        private final Ledger ledger;
        private final String name;

        Node(LedgerDatabase database, String name) {
            this.ledger = new Ledger(database, clock, clock::nanoTime, Map.of(CallKind.LINK, QUOTA));
            this.name = name;
            ledger.queue().release(name);
        }

        List<RequestRecord> claim() {
            return ledger.queue().claim(name, LEASE, 8);
        }

        /** @return how many calls were made */
        int work(TrueWindows api) {
            int calls = 0;
            for (RequestRecord request : claim()) {
                if (!ledger.quota().take(CallKind.LINK, "contoso", request.key()).granted()) {
                    ledger.settlement().postpone(request.key(), name, clock.instant().plusSeconds(1), "no room");
                    continue;
                }
                clock.advance(Duration.ofMillis(40));
                api.call(clock.instant());
                calls++;
                if (request.acceptedNo() % 9 == 0 && request.attempts() == 0) {
                    ledger.settlement().retryAt(request.key(), name, clock.instant().plusSeconds(2), failure());
                } else {
                    ledger.settlement().settleDelivered(request.key(), name);
                }
            }
            return calls;
        }
    }

    private static RequestError failure() {
        return RequestError.of(
                new LiveResponseException(FailureCode.LINK_SERVER_ERROR, "503"));
    }

    /** The API's two true windows, counted without the ledger. */
    private static final class TrueWindows {

        private final List<Instant> calls = new ArrayList<>();
        private final Deque<Instant> minute = new ArrayDeque<>();
        private final Deque<Instant> hour = new ArrayDeque<>();
        private int refused;

        void call(Instant at) {
            calls.add(at);
            minute.addLast(at);
            hour.addLast(at);
            while (!minute.getFirst().isAfter(at.minusSeconds(60))) {
                minute.removeFirst();
            }
            while (!hour.getFirst().isAfter(at.minusSeconds(3600))) {
                hour.removeFirst();
            }
            refused += minute.size() > 100 || hour.size() > 1_500 ? 1 : 0;
        }

        int most(Duration window) {
            int most = 0;
            int first = 0;
            for (int last = 0; last < calls.size(); last++) {
                while (!calls.get(first).isAfter(calls.get(last).minus(window))) {
                    first++;
                }
                most = Math.max(most, last - first + 1);
            }
            return most;
        }
    }

    /** Scaled windows: 20 calls in 10 seconds, which the nodes pad as they do with true ones. */
    @Test
    void twoNodesOnOnePostgresqlShareTheWorkAndTheQuotaAndOneFinishesForTheOtherThatIsKilled() throws Exception {
        CrashScenario scenario = new CrashScenario(100);
        String url = POSTGRES.newDatabaseUrl();
        SimulatorOptions options = SimulatorOptions.in(directory.resolve("simulator"), scenario.scenario()).withMail()
                .withQuota(20, Duration.ofSeconds(10), 1_000, Duration.ofMinutes(10));
        try (CrashWorld world = CrashWorld.of(directory, options).with("live-response.ledger.url", url)
                .with("live-response.quota.per-minute", "20").with("live-response.quota.minute-period", "11s")
                .with("live-response.quota.per-hour", "1000").with("live-response.quota.hour-period", "610s")
                .with("live-response.deliver.file.directory", directory.resolve("results").toString())
                .with("live-response.intake.inbox.enabled", "false")) {
            LedgerAddress address = LedgerAddress.of(url, null, null);
            try (LedgerDatabase database = LedgerDatabase.open(address)) {
                new Ledger(database, database.clock(), QUOTA).intake().accept(scenario.keys().stream().map(NewRequest::of).iterator());
            }
            try (ServiceProcess one = ServiceProcess.start(directory.resolve("one"), CrashWorld.ROUTES, world.settings());
                    ServiceProcess other = ServiceProcess.start(directory.resolve("other"), CrashWorld.ROUTES, world.settings());
                    Aftermath aftermath = Aftermath.of(address)) {
                one.awaitStarted();
                other.awaitStarted();
                Awaitility.await().atMost(ServiceProcess.PATIENCE).until(() -> world.simulator().journal().count(EndpointKind.LINK) >= 45);
                one.kill();
                aftermath.awaitAllEnded(scenario.requests(), other);
                aftermath.allAreDelivered(scenario.keys());
                other.terminate();
                assertThat(other.awaitEnd(Duration.ofSeconds(10))).isZero();
            }
            assertThat(world.simulator().journal().answers429()).isZero();
            assertThat(world.simulator().journal().maxInAnyWindow("contoso", Duration.ofSeconds(10))).isLessThanOrEqualTo(20);
            Aftermath.filesAreWhole(directory.resolve("results"), scenario.keys());
            Aftermath.ticketsAreOneEach(world.simulator(), scenario.ticketed());
            Aftermath.mails(world.simulator(), scenario.mailed());
        }
    }
}
