package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import io.liveresponse.simulator.ticket.Ticket;
import io.liveresponse.worker.LedgerRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 1 in bad weather: the shipped routes with their worker, against a cloud and a ticket system of whose answers a quarter goes
 * wrong, for 300 requests; 1,000 with {@code -Dlive-response.long=true}.
 */
@Tag("integration")
class FaultStormTest {

    private static final int REQUESTS = Boolean.getBoolean("live-response.long") ? 1_000 : 300;
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long SEED = 20_260_714;

    /** Every way to go wrong that the cloud and the ticket system have. */
    private static final List<Fault> FAULTS = List.of(
            Fault.tooManyRequests("1"), Fault.status(500), Fault.status(502), Fault.status(503),
            Fault.hold(), Fault.reset(), Fault.cut(9), Fault.drip());
    /** So that one answer in four goes wrong, where the faults are asked in turn. */
    private static final double RATE = 1 - Math.pow(0.75, 1.0 / FAULTS.size());

    @TempDir
    Path directory;

    private final List<SimulatorTenant> tenants = IntStream.range(0, FAULTS.size())
            .mapToObj(number -> SimulatorTenant.of("tenant-" + number, guid(900_000 + number), guid(800_000 + number),
                    "storm~secret-" + number))
            .toList();
    private final List<ResultKey> keys = IntStream.range(0, REQUESTS).mapToObj(this::key).toList();
    private final ResultKey fresh = key(REQUESTS);

    private Simulator simulator;
    private Main service;
    private Ledger ledger;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), new Scenario(tenants, List.of()))
                .withQuota(1_000_000, Duration.ofMinutes(1), 1_000_000, Duration.ofHours(1)));
        keys.forEach(this::putAction);
        putAction(fresh);
        Map<String, String> settings = new HashMap<>(simulator.settings());
        settings.put("live-response.data-directory", directory.resolve("data").toString());
        settings.put("live-response.worker.enabled", "true");
        settings.put("live-response.worker.period", "50");
        settings.put("live-response.worker.concurrency", "32");
        settings.put("live-response.quota.per-minute", "10000");
        settings.put("live-response.quota.per-hour", "10000");
        settings.put("live-response.http.connect-timeout", "1000");
        settings.put("live-response.http.response-timeout", Long.toString(RESPONSE_TIMEOUT.toMillis()));
        settings.put("live-response.retry.delay", "50");
        settings.put("live-response.retry.max-delay", "500");
        settings.put("live-response.retry.attempts", "100");
        settings.put("camel.main.routes-include-pattern", "classpath:camel/**/*.camel.yaml");
        settings.put("camel.main.shutdown-timeout", "10");
        service = new Main();
        service.setPropertyPlaceholderLocations("false");
        settings.forEach(service::addInitialProperty);
        service.start();
        ledger = service.getCamelContext().getRegistry().lookupByNameAndType("liveResponseLedger", LedgerRuntime.class).ledger();
    }

    @AfterEach
    void stop() {
        service.stop();
        simulator.close();
    }

    @Test
    void nothingIsLostInAStormAndAfterItEverythingDrains() throws Exception {
        raise();
        accept(keys);

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500))
                .until(() -> records().stream().filter(FaultStormTest::isDelivered).count() >= REQUESTS * 9L / 10);
        simulator.faults().clear();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> records().stream().allMatch(FaultStormTest::hasEnded));

        List<RequestRecord> ended = records();
        assertThat(ended).as("accepted").hasSize(REQUESTS);
        assertThat(ended).as("dead").allMatch(FaultStormTest::isDelivered);
        assertThat(ended).extracting(RequestRecord::key).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(simulator.ticketSystem().tickets()).extracting(Ticket::idempotencyKey)
                .containsExactlyInAnyOrderElementsOf(keys.stream().map(ResultKey::toString).toList());
        for (EndpointKind hop : List.of(EndpointKind.LINK, EndpointKind.BLOB, EndpointKind.TICKET)) {
            assertThat(simulator.journal().count(hop)).as("calls of " + hop + " for " + REQUESTS + " requests")
                    .isGreaterThan(REQUESTS * 11L / 10);
        }
        assertThat(simulator.journal().calls(EndpointKind.TOKEN)).as("the sign-in host's troubles").hasSizeGreaterThan(tenants.size());
        assertThat(simulator.journal().unexpected()).isEmpty();
        assertThat(simulator.journal().bearerSeenAtBlobStore()).isZero();

        accept(List.of(fresh));
        await().atMost(PATIENCE).until(() -> ledger.archive().show(fresh).filter(timeline -> isDelivered(timeline.request())).isPresent());
    }

    private void raise() {
        for (EndpointKind hop : List.of(EndpointKind.LINK, EndpointKind.BLOB, EndpointKind.TICKET)) {
            for (int number = 0; number < FAULTS.size(); number++) {
                simulator.faults().on(hop).rate(RATE, SEED + 31 * hop.ordinal() + number, FAULTS.get(number));
            }
        }
        // There are too few of these calls for a rate: each tenant's first goes wrong in a way of its own.
        for (int number = 0; number < FAULTS.size(); number++) {
            simulator.faults().on(EndpointKind.TOKEN).tenant(tenants.get(number).name()).once(FAULTS.get(number));
        }
    }

    private void accept(List<ResultKey> wanted) throws Exception {
        ProducerTemplate template = service.getCamelContext().createProducerTemplate();
        for (ResultKey key : wanted) {
            template.sendBody("direct:live-response-accept-request",
                    Request.of(key.tenant(), key.machineActionId(), key.commandIndex(), ActionFacts.UNKNOWN));
        }
    }

    private List<RequestRecord> records() {
        return new ArrayList<>(ledger.archive().list(new RequestFilter(null, null, null, null, null, null, null), null, REQUESTS + 2));
    }

    private static boolean isDelivered(RequestRecord request) {
        return request.state() == RequestState.DELIVERED;
    }

    private static boolean hasEnded(RequestRecord request) {
        return isDelivered(request) || request.state() == RequestState.DEAD;
    }

    private void putAction(ResultKey key) {
        simulator.actions().put(ScenarioAction.of(key.tenant(), key.machineActionId(), ScenarioCommand.script("storm.ps1",
                ScenarioBlob.transcript("storm.ps1", 1, "the output of " + key, "it failed"))));
    }

    private ResultKey key(int number) {
        return new ResultKey(tenants.get(number % tenants.size()).name(), guid(number), 0);
    }

    private static String guid(int number) {
        return new UUID(0x1111_1111_1111_4111L, 0x8000_0000_0000_0000L | number).toString();
    }
}
