package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ResultKey;
import io.liveresponse.promise.PausedRoutes.Place;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first promise, and what the second says of a crash, with SIGKILL. {@code -Dlive-response.long=true} kills forty times as
 * often, {@code -Dlive-response.seed=N} at other points.
 */
@Tag("integration")
class NothingIsLostTest {

    private static final boolean LONG = Boolean.getBoolean("live-response.long");
    private static final long SEED = Long.getLong("live-response.seed", 20260301);
    private static final int KILLS = LONG ? 400 : 10;
    private static final int REQUESTS = LONG ? 4_000 : 100;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void everyAcceptedRequestIsDeliveredOnceHoweverOftenTheProcessIsKilled() throws Exception {
        CrashScenario scenario = new CrashScenario(REQUESTS);
        Random random = new Random(SEED);
        // a request that is in progress at many kills in a row is not what kills the process
        try (CrashWorld world = CrashWorld.in(directory, scenario).with("live-response.retry.claims", Integer.toString(KILLS))) {
            for (int kill = 0; kill < KILLS; kill++) {
                if (kill % 10 == 0) {
                    int from = kill * (REQUESTS / KILLS);
                    world.putInInbox("requests-" + kill + ".jsonl", scenario.lines(from, from + 10 * (REQUESTS / KILLS)));
                }
                killAfterSomeCalls(world, 1 + random.nextInt(40), random.nextInt(15));
            }
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                end(world, scenario);
                service.terminate();
                assertThat(service.awaitEnd(Duration.ofSeconds(10))).isZero();
            }
        }
    }

    /** Where there is nothing left to do, after a while. */
    private static void killAfterSomeCalls(CrashWorld world, int calls, int millisMore) {
        int before = world.simulator().journal().calls().size();
        try (ServiceProcess service = world.start()) {
            service.awaitStarted();
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (world.simulator().journal().calls().size() < before + calls && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
            LockSupport.parkNanos(millisMore * 1_000_000L);
            service.kill();
        }
    }

    @Test
    void aKillAtAnyStepOfTheWayLosesNothingAndRepeatsNothingThatCannotBeRepeated() throws Exception {
        CrashScenario scenario = new CrashScenario(80);
        Map<ResultKey, Place> places = new LinkedHashMap<>();
        for (Place place : List.of(
                Place.after("fetch-attempt", "token"), Place.after("call-api", "answer"), Place.before("fetch-attempt", "blob"),
                Place.after("fetch-attempt", "transcript"), Place.after("work-on-request", "fetched"),
                Place.after("deliver-file", "file"), Place.before("sink", "send").of("file"),
                Place.after("sink", "send").of("file"), Place.after("sink", "record").of("file"),
                Place.before("sink", "send").of("ticket"), Place.after("sink", "send").of("ticket"),
                Place.after("sink", "record").of("ticket"), Place.before("sink", "send").of("email"),
                Place.after("sink", "send").of("email"), Place.after("sink", "record").of("email"),
                Place.before("worker-request", "settle"), Place.after("worker-request", "settle"))) {
            places.put(CrashScenario.key(CrashScenario.withAllSinks(places.size())), place);
        }
        ResultKey midBlob = CrashScenario.key(CrashScenario.withAllSinks(places.size()));
        Path routes = directory.resolve("routes");
        PausedRoutes.write(CrashWorld.ROUTES, routes, places);
        try (CrashWorld world = CrashWorld.in(directory, scenario).with("live-response.worker.concurrency", "40")) {
            world.simulator().faults().on(EndpointKind.BLOB).key(midBlob).once(Fault.drip());
            world.putInInbox("requests.jsonl", scenario.lines(0, scenario.requests()));
            try (ServiceProcess service = world.start(routes)) {
                places.values().forEach(place -> service.awaitLog(place.said()));
                Awaitility.await().atMost(ServiceProcess.PATIENCE)
                        .until(() -> world.simulator().journal().count(EndpointKind.BLOB, midBlob) == 1);
                try (Aftermath others = Aftermath.in(world.data())) {
                    // all but those that wait, of which one is settled, so that the kill meets nobody else
                    Awaitility.await().atMost(ServiceProcess.PATIENCE)
                            .until(() -> others.counts().getOrDefault(RequestState.DELIVERED, 0L) == scenario.requests() - places.size());
                }
                service.kill();
            }
            try (ServiceProcess service = world.start()) {
                service.awaitStarted();
                Map<String, Long> mails = end(world, scenario);
                assertThat(mails.values()).as("the one killed between mail and ledger is mailed twice, no other")
                        .filteredOn(sent -> sent > 1)
                        .containsExactly(2L);
                assertThat(world.simulator().ticketSystem().duplicates()).as("likewise the one killed between ticket system and ledger")
                        .isOne();
            }
        }
    }

    private Map<String, Long> end(CrashWorld world, CrashScenario scenario) throws Exception {
        try (Aftermath aftermath = Aftermath.in(world.data())) {
            aftermath.awaitAllEnded(scenario.requests());
            aftermath.allAreDelivered(scenario.keys());
            assertThat(aftermath.counts()).containsOnlyKeys(RequestState.DELIVERED);
        }
        Aftermath.filesAreWhole(world.results(), scenario.keys());
        Aftermath.ticketsAreOneEach(world.simulator(), scenario.ticketed());
        assertThat(Aftermath.filesIn(world.data().resolve("spool"))).as("no leavings").noneMatch(file -> file.toString().contains(".part"));
        assertThat(world.simulator().journal().unexpected()).isEmpty();
        return Aftermath.mails(world.simulator(), scenario.mailed());
    }
}
