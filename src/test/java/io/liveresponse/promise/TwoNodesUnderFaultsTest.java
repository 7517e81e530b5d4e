package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.EventKind;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.PostgresDatabase;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.ticket.Ticket;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first two promises with two nodes at one PostgreSQL, which are killed, stopped and suspended for longer than a lease, while the
 * ledger's clock steps both ways and the ticket system's search lags. {@code -Dlive-response.long=true} makes it 500 faults at each of
 * two ticket systems, {@code -Dlive-response.faults=N} another number, {@code -Dlive-response.seed=N} places them elsewhere.
 */
@Tag("integration")
class TwoNodesUnderFaultsTest {

    private static final long SEED = Long.getLong("live-response.seed", 20260712);
    private static final boolean LONG = Boolean.getBoolean("live-response.long");
    private static final int FAULTS = Integer.getInteger("live-response.faults", LONG ? 500 : 12);
    private static final int REQUESTS_PER_FAULT = 8;
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(61);
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Duration SEARCH_LAG = Duration.ofMillis(900);

    @RegisterExtension
    static final PostgresDatabase POSTGRES = new PostgresDatabase();

    private enum Kind {
        KILL, TERMINATE, SUSPEND, STEP_CLOCK
    }

    /** Half of them kills. */
    private static final List<Kind> DECK = List.of(Kind.KILL, Kind.SUSPEND, Kind.KILL, Kind.TERMINATE, Kind.KILL, Kind.STEP_CLOCK,
            Kind.KILL,
            Kind.TERMINATE);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final List<String> struck = new ArrayList<>();
    private final ServiceProcess[] nodes = new ServiceProcess[2];
    private String url;
    private CrashWorld world;
    private SteppingClock clock;
    private boolean ahead;

    static List<TicketSystem.Kind> systems() {
        return LONG ? List.of(TicketSystem.Kind.SERVICENOW, TicketSystem.Kind.JIRA) : List.of(TicketSystem.Kind.JIRA);
    }

    @ParameterizedTest
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    @MethodSource("systems")
    void every_request_is_delivered_and_no_ticket_is_opened_twice(TicketSystem.Kind system) throws Exception {
        CrashScenario scenario = new CrashScenario(FAULTS * REQUESTS_PER_FAULT);
        createWorld(scenario, system);
        // wider windows for the faults: between lookup and creation, and between creation and its answer
        world.simulator().faults().on(EndpointKind.TICKET_LOOKUP).always(Fault.delay(Duration.ofMillis(50)));
        world.simulator().faults().on(EndpointKind.TICKET).always(Fault.delay(Duration.ofMillis(100)));
        start(0);
        start(1);
        nodes[0].awaitStarted();
        faults(scenario);
        // what became due while the clock was ahead
        clock.step(STEP.multipliedBy(2));
        end(scenario, system);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void a_node_that_is_suspended_between_lookup_and_creation_opens_no_second_ticket(TicketSystem.Kind system) throws Exception {
        CrashScenario scenario = new CrashScenario(2);
        createWorld(scenario, system);
        world.simulator().faults().on(EndpointKind.TICKET_LOOKUP).once(Fault.delay(Duration.ofSeconds(2)));
        putInInbox(0, 0, scenario.lines(0, 2));
        start(0);
        await(() -> world.simulator().journal().count(EndpointKind.TICKET_LOOKUP) == 1);
        nodes[0].freeze();
        clock.step(LONGER_THAN_A_LEASE);
        start(1);
        await(() -> world.simulator().journal().count(EndpointKind.TICKET) == 1);
        nodes[0].thaw();
        nodes[0].terminate();
        assertThat(nodes[0].awaitEnd(Duration.ofSeconds(30))).isZero();
        clock.step(LONGER_THAN_A_LEASE);

        end(scenario, system);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().dontCatchUncaughtExceptions().atMost(ServiceProcess.PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    private void createWorld(CrashScenario scenario, TicketSystem.Kind system) throws Exception {
        url = POSTGRES.newDatabaseUrl();
        clock = new SteppingClock(url);
        world = CrashWorld.in(directory, scenario).withTicketSystem(system).with("live-response.ledger.url", url)
                .with("live-response.http.connect-timeout", "2000").with("live-response.http.response-timeout", "5000")
                .with("live-response.deliver.file.directory", results().toString());
        world.simulator().serviceNow().searchLagsBehind(SEARCH_LAG);
        world.simulator().jira().searchLagsBehind(SEARCH_LAG);
    }

    @AfterEach
    void close() {
        Stream.of(nodes).filter(Objects::nonNull).forEach(ServiceProcess::close);
        world.close();
    }

    private void end(CrashScenario scenario, TicketSystem.Kind system) throws Exception {
        try (Aftermath aftermath = Aftermath.of(LedgerAddress.of(url, null, null))) {
            aftermath.awaitAllEnded(scenario.requests());
            aftermath.allAreDelivered(scenario.keys());
            assertThat(aftermath.counts()).isEqualTo(Map.of(RequestState.DELIVERED, (long) scenario.requests()));
            assertThat(world.simulator().journal().count(EndpointKind.LINK)).as("every link call was counted before it was made")
                    .isLessThanOrEqualTo(linkCalls(aftermath, scenario));
            assertThat(world.simulator().ticketSystem(system).tickets()).as(() -> duplicates(aftermath, scenario, system))
                    .extracting(Ticket::idempotencyKey).doesNotHaveDuplicates().hasSameSizeAs(scenario.ticketed());
        }
        Aftermath.filesAreWhole(results(), scenario.keys());
        assertThat(Aftermath.mails(world.simulator(), scenario.mailed())).hasSameSizeAs(scenario.mailed());
        assertThat(world.simulator().journal().count(EndpointKind.TICKET)).isEqualTo(scenario.ticketed().size());
        assertThat(world.simulator().journal().unexpected()).isEmpty();
    }

    /** What led to a second ticket, for whoever reads of the failure alone. The events tell the ledger's time. */
    private String duplicates(Aftermath aftermath, CrashScenario scenario, TicketSystem.Kind system) {
        List<String> names = world.simulator().ticketSystem(system).tickets().stream().map(Ticket::idempotencyKey).toList();
        return scenario.keys().stream()
                .filter(key -> names.stream().filter(name -> name.contains(key.machineActionId())).count() > 1)
                .map(key -> key + "\n  " + aftermath.ledger().archive().show(key).orElseThrow() + "\n  "
                        + world.simulator().journal().calls().stream()
                                .filter(call -> call.target().contains(key.machineActionId()) || key.equals(call.key()))
                                .map(call -> call.arrival() + " " + call).collect(Collectors.joining("\n  ")))
                .collect(Collectors.joining("\n", String.join("\n", struck) + "\n", ""));
    }

    private void faults(CrashScenario scenario) throws Exception {
        List<Kind> deck = new ArrayList<>();
        for (int fault = 0; fault < FAULTS; fault++) {
            if (deck.isEmpty()) {
                deck.addAll(DECK);
                Collections.shuffle(deck, random);
            }
            putInInbox(random.nextInt(2), fault, scenario.lines(fault * REQUESTS_PER_FAULT, (fault + 1) * REQUESTS_PER_FAULT));
            awaitCalls(1 + random.nextInt(30));
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(60)).toNanos());
            int node = random.nextInt(2);
            if (random.nextInt(8) > 0) {
                // else it may be hit while it starts
                nodes[node].awaitStarted();
            }
            Kind kind = deck.remove(0);
            struck.add(Instant.now() + " " + kind + " " + node);
            strike(kind, node);
        }
    }

    private void strike(Kind kind, int node) throws SQLException {
        switch (kind) {
            case KILL -> {
                nodes[node].kill();
                start(node);
            }
            case TERMINATE -> {
                nodes[node].terminate();
                nodes[node].awaitEnd(ServiceProcess.PATIENCE);
                start(node);
            }
            case SUSPEND -> {
                nodes[node].freeze();
                clock.step(LONGER_THAN_A_LEASE);
                awaitCalls(20);
                nodes[node].thaw();
            }
            case STEP_CLOCK -> {
                ahead = !ahead;
                clock.step(ahead ? STEP : STEP.negated());
            }
            default -> throw new IllegalStateException("no fault " + kind);
        }
    }

    private void start(int node) {
        nodes[node] = ServiceProcess.start(home(node), CrashWorld.ROUTES, world.settings());
    }

    private Path home(int node) {
        return directory.resolve("node-" + node);
    }

    private Path results() {
        return directory.resolve("results");
    }

    private void putInInbox(int node, int number, String lines) throws IOException {
        Path inbox = Files.createDirectories(home(node).resolve("data/inbox"));
        Path part = Files.writeString(inbox.resolve("requests-" + number + ".part"), lines);
        Files.move(part, inbox.resolve("requests-" + number + ".jsonl"));
    }

    /** Not for long, since there may be nothing left to do. */
    private void awaitCalls(int calls) {
        int before = world.simulator().journal().calls().size();
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (world.simulator().journal().calls().size() < before + calls && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static long linkCalls(Aftermath aftermath, CrashScenario scenario) {
        return scenario.keys().stream().flatMap(key -> aftermath.ledger().archive().show(key).orElseThrow().events().stream())
                .filter(event -> event.kind() == EventKind.LINK_CALL).count();
    }
}
