package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.settings.Settings;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, as a supervisor sends it. */
@Tag("integration")
class StopTest {

    private static final Duration PROMPT = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void withTheHourGateClosedAndAThousandRequestsDueItEndsAtOnceAndGoesOnLater() throws Exception {
        CrashScenario scenario = new CrashScenario(1_000);
        try (CrashWorld world = CrashWorld.in(directory, scenario).with("live-response.quota.per-hour", "5")
                .with("live-response.quota.per-minute", "5")) {
            accept(world.data(), scenario);
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                Awaitility.await().atMost(ServiceProcess.PATIENCE).until(() -> delivered(world) == 5);
                service.terminate();
                assertThat(service.awaitEnd(PROMPT)).isZero();
            }
            assertThat(counts(world)).isEqualTo(Map.of(RequestState.DELIVERED, 5L, RequestState.DUE, 995L));
            assertThat(world.simulator().journal().count(EndpointKind.LINK)).isEqualTo(5);

            world.with("live-response.quota.per-hour", "25").with("live-response.quota.per-minute", "25");
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                Awaitility.await().atMost(ServiceProcess.PATIENCE).until(() -> delivered(world) == 25);
            }
            assertThat(world.simulator().journal().count(EndpointKind.LINK)).as("the first run's calls count in the second").isEqualTo(25);
        }
    }

    @Test
    void inTheMiddleOfABlobItGivesTheRequestBackWithoutAnAttemptSpent() throws Exception {
        CrashScenario scenario = new CrashScenario(1);
        try (CrashWorld world = CrashWorld.in(directory, scenario)) {
            accept(world.data(), scenario);
            world.simulator().faults().on(EndpointKind.BLOB).once(Fault.drip());
            try (ServiceProcess service = world.start()) {
                Awaitility.await().atMost(ServiceProcess.PATIENCE).until(() -> world.simulator().journal().count(EndpointKind.BLOB) == 1);
                service.terminate();
                assertThat(service.awaitEnd(PROMPT)).isZero();
            }
            try (Aftermath aftermath = Aftermath.in(world.data())) {
                assertThat(aftermath.ledger().archive().show(CrashScenario.key(0)).orElseThrow().request())
                        .satisfies(request -> assertThat(request.state()).isEqualTo(RequestState.DUE))
                        .satisfies(request -> assertThat(request.attempts()).as("attempts after %s", request.error()).isZero());
            }
            try (ServiceProcess service = world.start(); Aftermath aftermath = awaitLedger(service, world)) {
                aftermath.awaitAllEnded(1);
                aftermath.allAreDelivered(scenario.keys());
            }
            Aftermath.filesAreWhole(world.results(), scenario.keys());
            assertThat(Aftermath.filesIn(world.data().resolve("spool"))).noneMatch(file -> file.toString().contains(".part"));
        }
    }

    private static Aftermath awaitLedger(ServiceProcess service, CrashWorld world) {
        service.awaitStarted();
        return Aftermath.in(world.data());
    }

    private static void accept(Path data, CrashScenario scenario) {
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(data))) {
            new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of()))).intake()
                    .accept(scenario.keys().stream().map(NewRequest::of).iterator());
        }
    }

    private static Map<RequestState, Long> counts(CrashWorld world) {
        try (Aftermath aftermath = Aftermath.in(world.data())) {
            return aftermath.counts();
        }
    }

    private static long delivered(CrashWorld world) {
        return counts(world).getOrDefault(RequestState.DELIVERED, 0L);
    }
}
