package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.BundleRoutes;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.EventKind;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.VirtualClock;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger does with a failure is what failure-policy says, and what the worker claims. */
class VerdictsTest {

    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final String OTHER_ID = "22222222-2222-4333-8444-555555555555";
    private static final int COMMANDS = 60;

    @TempDir
    Path directory;

    private Simulator simulator;
    private RunningService service;

    @BeforeEach
    void startSimulator() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(Scenario.demo().tenants())));
        simulator.actions().put(ScenarioAction.of("contoso", ID, IntStream.range(0, COMMANDS)
                .mapToObj(index -> ScenarioCommand.script("a.ps1", ScenarioBlob.transcript("a.ps1", 0, "fine", "")))
                .toArray(ScenarioCommand[]::new)));
    }

    @AfterEach
    void stop() {
        service.close();
        simulator.close();
    }

    private void start(Map<String, String> settings) throws Exception {
        service = new RunningService(simulator, directory, settings);
    }

    private void accept(int index) {
        service.context().createProducerTemplate().requestBody("direct:live-response-accept-request",
                new Request("contoso", ID, index, ActionFacts.UNKNOWN));
    }

    private static ResultKey key(int index) {
        return new ResultKey("contoso", ID, index);
    }

    private RequestState state(int index) {
        return service.request(key(index)).state();
    }

    @Test
    void an_edited_verdict_is_what_the_ledger_follows() throws Exception {
        Path routes = BundleRoutes.copyTo(directory.resolve("routes"));
        Path policy = BundleRoutes.fileIn(routes, "failure-policy");
        String shipped = Files.readString(policy);
        assertThat(shipped).containsOnlyOnce("LINK_UNAUTHORIZED,LINK_FORBIDDEN,").containsOnlyOnce("'REQUEST_INVALID,");
        Files.writeString(policy, shipped.replace("LINK_UNAUTHORIZED,LINK_FORBIDDEN,", "LINK_UNAUTHORIZED,").replace("'REQUEST_INVALID,",
                "'LINK_FORBIDDEN,REQUEST_INVALID,"));
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(403));
        start(Map.of("camel.main.routes-include-pattern", "file:" + routes + "/**/*.camel.yaml", "live-response.action.look-up", "false"));

        accept(0);
        service.awaitEnded(1);

        assertThat(state(0)).isEqualTo(RequestState.DEAD);
        assertThat(service.request(key(0)).error().code()).isEqualTo(FailureCode.LINK_FORBIDDEN);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isOne();
    }

    @Test
    void a_tenant_that_the_api_refuses_waits_and_loses_no_attempt() throws Exception {
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(403));
        start(Map.of("live-response.retry.max-delay", "200", "live-response.retry.attempts", "2", "live-response.action.look-up", "false"));

        accept(0);
        await().until(() -> simulator.journal().count(EndpointKind.LINK) >= 5);
        assertThat(service.request(key(0))).satisfies(request -> assertThat(request.attempts()).isZero())
                .satisfies(request -> assertThat(request.state()).isIn(RequestState.DUE, RequestState.CLAIMED));
        simulator.faults().clear();
        service.awaitEnded(1);

        assertThat(state(0)).isEqualTo(RequestState.DELIVERED);
    }

    @Test
    void an_outage_of_the_api_kills_no_request_however_long_it_lasts() throws Exception {
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(503));
        start(Map.of("live-response.retry.attempts", "3", "live-response.retry.delay", "10", "live-response.retry.max-delay", "50"));

        IntStream.range(0, 4).forEach(this::accept);
        await().atMost(Duration.ofSeconds(60)).until(() -> simulator.journal().count(EndpointKind.LINK) >= 30);
        assertThat(service.all()).hasSize(4).noneMatch(request -> request.state() == RequestState.DEAD);
        simulator.faults().clear();
        service.awaitEnded(4);

        assertThat(service.all()).allMatch(request -> request.state() == RequestState.DELIVERED);
    }

    @Test
    void an_outage_after_a_long_wait_for_the_result_kills_no_request() throws Exception {
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(404));
        start(Map.of("live-response.retry.attempts", "3", "live-response.retry.delay", "10", "live-response.retry.max-delay", "50",
                "live-response.action.look-up", "false"));

        accept(0);
        await().atMost(Duration.ofSeconds(60)).until(() -> simulator.journal().count(EndpointKind.LINK) >= 10);
        simulator.faults().clear();
        simulator.faults().on(EndpointKind.LINK).always(Fault.status(503));
        long before = simulator.journal().count(EndpointKind.LINK);
        await().atMost(Duration.ofSeconds(60)).until(() -> simulator.journal().count(EndpointKind.LINK) >= before + 10);
        simulator.faults().clear();
        service.awaitEnded(1);

        assertThat(state(0)).isEqualTo(RequestState.DELIVERED);
    }

    @Test
    void a_request_that_ends_its_process_each_time_is_dead_lettered_without_another_call_and_the_others_go_on() throws Exception {
        VirtualClock past = new VirtualClock();
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(directory.resolve("data")))) {
            Ledger ledger = new Ledger(database, past, past::nanoTime, Map.of(CallKind.LINK, Quota.of(Settings.of(Map.of()))));
            ledger.intake().accept(NewRequest.of(key(0)));
            for (String run : List.of("run-1", "run-2", "run-3")) {
                assertThat(ledger.queue().claim(run, Duration.ofMinutes(1), 1)).hasSize(1);
                past.advance(Duration.ofMinutes(2));
            }
        }
        start(Map.of("live-response.retry.claims", "3", "live-response.action.look-up", "false"));

        accept(1);
        service.awaitEnded(2);

        assertThat(state(0)).isEqualTo(RequestState.DEAD);
        assertThat(service.request(key(0)).error().code()).isEqualTo(FailureCode.REQUEST_KEEPS_FAILING);
        assertThat(simulator.journal().count(EndpointKind.LINK, key(0))).isZero();
        assertThat(state(1)).isEqualTo(RequestState.DELIVERED);
    }

    @Test
    void a_request_that_alone_meets_a_fault_is_dead_lettered() throws Exception {
        simulator.faults().on(EndpointKind.LINK).key(key(0)).always(Fault.status(503));
        start(Map.of("live-response.retry.attempts", "3", "live-response.retry.delay", "10", "live-response.retry.max-delay", "50"));

        accept(0);
        AtomicInteger others = new AtomicInteger();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (others.get() == 0 || state(others.get()) == RequestState.DELIVERED && others.get() < COMMANDS - 1) {
                accept(others.incrementAndGet());
            }
            return state(0) == RequestState.DEAD;
        });

        assertThat(service.request(key(0)).error().code()).isEqualTo(FailureCode.LINK_SERVER_ERROR);
        assertThat(service.request(key(0)).attempts()).isEqualTo(3);
    }

    /** What Camel itself catches on a worker's thread are exceptions. */
    @Test
    void an_error_in_a_step_costs_its_request_and_no_worker() throws Exception {
        service = new RunningService(simulator, directory,
                Map.of("live-response.worker.concurrency", "1", "live-response.retry.attempts", "1"),
                main -> main.bind("liveResponseLinkGuard", (Processor) exchange -> {
                    throw new NoClassDefFoundError("a library of the host's");
                }));
        accept(0);
        service.awaitEnded(1);
        simulator.actions().put(ScenarioAction.of("fabrikam", OTHER_ID, ScenarioCommand.script("a.ps1",
                ScenarioBlob.transcript("a.ps1", 0, "fine", ""))));
        service.context().createProducerTemplate().requestBody("direct:live-response-accept-request",
                new Request("fabrikam", OTHER_ID, 0, ActionFacts.UNKNOWN));
        service.awaitEnded(2);

        assertThat(service.all()).extracting(RequestRecord::state).containsOnly(RequestState.DEAD);
        assertThat(simulator.journal().count(EndpointKind.LINK)).isEqualTo(2);
    }

    @Test
    void a_worker_that_becomes_idle_and_a_new_request_are_reason_enough_to_claim() throws Exception {
        start(Map.of("live-response.worker.period", "600000", "live-response.worker.concurrency", "2"));
        await().until(() -> service.context().getRouteController().getRouteStatus("worker-timer").isStarted());

        IntStream.range(0, 20).forEach(this::accept);
        service.awaitEnded(20);

        assertThat(service.all()).allMatch(request -> request.state() == RequestState.DELIVERED);
    }

    @Test
    void a_request_of_a_tenant_that_only_another_node_knows_stays_due() throws Exception {
        start(Map.of());
        ResultKey elsewhere = new ResultKey("elsewhere", ID, 0);
        service.ledger().intake().accept(List.of(NewRequest.of(elsewhere), NewRequest.of(key(0))).iterator());

        await().until(() -> state(0) == RequestState.DELIVERED);
        accept(1);
        await().until(() -> state(1) == RequestState.DELIVERED);

        assertThat(service.request(elsewhere).state()).isEqualTo(RequestState.DUE);
        assertThat(service.ledger().archive().show(elsewhere).orElseThrow().events()).extracting(event -> event.kind())
                .containsExactly(EventKind.ACCEPTED);
    }
}
