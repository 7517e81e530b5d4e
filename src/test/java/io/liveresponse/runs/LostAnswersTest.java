package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.liveresponse.ledger.RunEnd;
import io.liveresponse.ledger.RunState;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.RunTable;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.ScenarioDevice.Refusal;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers that are lost, refusals, and orders that are no run: nothing starts twice. */
@Tag("integration")
class LostAnswersTest extends RunTestSupport {

    @Test
    void an_action_whose_answer_was_lost_is_found_and_followed_and_not_started_again() throws Exception {
        start(scenario(device("a").build(), device("b").build()));
        simulator.faults().on(EndpointKind.RUN).subject(id("a")).once(Fault.commitAndClose());

        RunTable table = awaitTable(order(List.of(id("a"), id("b")), "20s").run());

        assertThat(table.ends()).isEqualTo(Map.of("ran", 2));
        assertThat(row(table, "a").starts()).isOne();
        assertSound(table);
    }

    @Test
    void an_answer_of_500_that_hides_an_action_is_looked_up_too() throws Exception {
        start(scenario(device("a").build()).withRuns(ScenarioRuns.DOCUMENTED.withTimeScale(SCALE).visibleAfter(Duration.ofMinutes(3))));
        simulator.faults().on(EndpointKind.RUN).subject(id("a")).once(Fault.commitAndClose());

        RunTable table = awaitTable(order(List.of(id("a")), "20s").run());

        assertThat(table.ends()).isEqualTo(Map.of("ran", 1));
        assertSound(table);
    }

    @Test
    void a_device_ends_as_unknown_if_nothing_proves_that_its_start_was_lost() throws Exception {
        start(scenario(device("a").build(), device("b").build()));
        simulator.faults().on(EndpointKind.RUN).subject(id("a")).once(Fault.close());

        RunTable table = awaitTable(order(List.of(id("a"), id("b")), "20s").run());

        assertThat(table.ends()).isEqualTo(Map.of("ran", 1, "unknown", 1));
        assertThat(row(table, "a").reason()).contains("not started again");
        assertThat(simulator.journal().countOf(EndpointKind.RUN, id("a"))).isOne();
        assertThat(simulator.runs().actionsPerDevice()).doesNotContainKey(id("a"));
    }

    @Test
    void what_provably_started_nothing_is_started_again() throws Exception {
        start(scenario(device("a").build()));
        simulator.faults().on(EndpointKind.RUN).subject(id("a")).once(Fault.status(429).withRetryAfter("1"));
        simulator.faults().on(EndpointKind.RUN).subject(id("a")).once(Fault.status(401));

        RunTable table = awaitTable(order(List.of(id("a")), "20s").run());

        assertThat(table.ends()).isEqualTo(Map.of("ran", 1));
        assertThat(row(table, "a").starts()).isEqualTo(3);
        assertSound(table);
    }

    @Test
    void refusals_end_a_device_with_the_apis_reason_and_a_busy_one_waits() throws Exception {
        start(scenario(device("a").refuses(Refusal.OUTDATED).build(), device("b").refuses(Refusal.DISABLED).build(),
                device("c").refuses(Refusal.RESTRICTED).build(), device("d").busyFor(Duration.ofHours(1)).build(),
                device("e").busyFor(Duration.ofHours(100)).build()));

        RunTable table = awaitTable(order(List.of(id("a"), id("b"), id("c"), id("d"), id("e")), "15s").run());

        assertThat(row(table, "a").end()).isEqualTo("unsupported");
        assertThat(row(table, "b")).satisfies(row -> {
            assertThat(row.end()).isEqualTo("refused");
            assertThat(row.reason()).contains("DisabledFeature");
        });
        assertThat(row(table, "c").end()).isEqualTo("restricted");
        assertThat(row(table, "c").reason()).startsWith("the API answers 403 ").as("the row names the device").doesNotContain(id("c"));
        assertThat(row(table, "d").end()).isEqualTo("ran");
        assertThat(row(table, "e").end()).isEqualTo("busy");
        assertSound(table);
    }

    @Test
    void a_field_that_the_api_refuses_is_left_out_from_then_on() throws Exception {
        start(scenario(device("a").build())
                .withRuns(ScenarioRuns.DOCUMENTED.withTimeScale(SCALE).refusing(List.of("ExternalID"), List.of())));

        RunTable table = awaitTable(order(List.of(id("a")), "20s").run());

        assertThat(table.ends()).isEqualTo(Map.of("ran", 1));
        assertThat(row(table, "a").starts()).isEqualTo(2);
        assertSound(table);
    }

    @Test
    void the_same_order_twice_is_one_run_and_bad_rows_have_their_reason() throws Exception {
        start(scenario(device("a").build(), device("b").build()));
        Map<String, Object> order = Map.of("tenant", "contoso", "script", SCRIPT, "deadline", "20s",
                "devices", List.of(id("a"), "b", "B", "nowhere.example.com", "not a name!"));

        RunPreparation.Started first = order(order);
        RunPreparation.Started again = order(order);
        RunTable table = awaitTable(first.run());

        assertThat(first.fresh()).isTrue();
        assertThat(again.fresh()).isFalse();
        assertThat(again.run()).isEqualTo(first.run());
        assertThat(first.rejected()).extracting(RunOrder.Row::problem).containsExactly(DeviceRows.DUPLICATE,
                "the tenant has no device of this name",
                "this is neither a machineId nor a DNS name");
        assertThat(table.ends()).isEqualTo(Map.of("ran", 2, "refused", 2));
        assertSound(table);
    }

    @Test
    void a_cancelled_run_starts_nothing_more_and_cancels_what_it_started() throws Exception {
        settings.put("live-response.run.sessions", "2");
        start(scenario(device("a").offline().build(), device("b").offline().build(), device("c").build()));
        String run = order(List.of(id("a"), id("b"), id("c")), "60s").run();
        await().until(() -> simulator.runs().count() == 2);

        assertThat(service.ledger().runs().stop(run, "cancelled by maria")).isTrue();
        RunTable table = awaitTable(run);

        assertThat(table.state()).isEqualTo("cancelled");
        assertThat(table.ends()).isEqualTo(Map.of("cancelled", 3));
        assertThat(table.rows()).allMatch(row -> row.reason().equals("cancelled by maria"));
        assertThat(simulator.runs().perStatus()).isEqualTo(Map.of("Cancelled", 2L));
        assertThat(simulator.journal().perSubject(EndpointKind.CANCEL)).hasSize(2).allSatisfy((action, count) -> assertThat(count).isOne());
    }

    @Test
    void a_script_that_changes_stops_the_rest_of_the_run() throws Exception {
        settings.put("live-response.run.sessions", "1");
        start(scenario(device("a").offline().build(), device("b").build()));
        String run = order(List.of(id("a"), id("b")), "60s").run();
        await().until(() -> simulator.runs().count() == 1);

        simulator.library().put(new ScenarioLibraryFile("contoso", SCRIPT, "other bytes", null, null, 0, "x", null, null));
        RunTable table = awaitTable(run);

        assertThat(table.stopReason()).contains("another hash");
        assertThat(table.ends()).isEqualTo(Map.of("cancelled", 2));
        assertThat(simulator.runs().scriptsPerDevice()).isEmpty();
    }

    @Test
    void exit_code_323_stops_the_rest_of_the_run() throws Exception {
        settings.put("live-response.run.sessions", "1");
        start(scenario(device("a").hashChanged().build(), device("b").offline().build(), device("c").build()));

        RunTable table = awaitTable(order(List.of(id("a"), id("b"), id("c")), "60s").run());

        assertThat(table.stopReason()).contains("323");
        assertThat(table.ends()).containsEntry("ran", 1).containsEntry("cancelled", 2);
        assertThat(row(table, "a").exitCode()).isEqualTo(323);
    }

    @Test
    void orders_that_are_no_run_say_what_is_wanted() throws Exception {
        start(scenario(device("a").build()));
        List<String> a = List.of(id("a"));

        assertRefused(Map.of("script", "Nowhere.ps1", "tenant", "contoso", "devices", a), "not in the live response library");
        assertRefused(Map.of("script", SCRIPT, "tenant", "contoso", "devices", a, "deadline", "2020-01-01T00:00:00Z"), "has passed");
        assertRefused(Map.of("script", SCRIPT, "tenant", "contoso", "devices", a, "args", "x; rm -rf /"), "--args-as-is");
        assertRefused(Map.of("script", SCRIPT, "tenant", "contoso", "devices", a, "skript", "x"), "unknown key skript");
        assertRefused(Map.of("script", SCRIPT, "tenant", "contoso"), "devices, tag or os");
        assertRefused(Map.of("script", SCRIPT, "tenant", "nobody", "devices", a), "live-response.tenants");
        assertRefused("{\"script\":", "not JSON");
        assertRefused("a: [", "not YAML");
        assertThat(service.ledger().runs().runs(10)).isEmpty();
        assertThat(simulator.runs().count()).isZero();
    }

    private void assertRefused(Object order, String reason) {
        assertThatThrownBy(() -> order(order)).isInstanceOf(CamelExecutionException.class).cause()
                .isInstanceOf(LiveResponseException.class).hasMessageContaining(reason);
    }

    @Test
    void tags_are_resolved_to_devices() throws Exception {
        start(scenario(device("a").tags("finance").build(), device("b").tags("lab").build()));

        RunTable table = awaitTable(order("tenant: contoso\nscript: " + SCRIPT + "\ntag: finance\ndeadline: 20s\n").run());

        assertThat(table.rows()).singleElement().satisfies(row -> assertThat(row.device()).isEqualTo("a"));
        assertThat(run(table.run()).state()).isEqualTo(RunState.FINISHED);
        assertThat(run(table.run()).ends()).isEqualTo(Map.of(RunEnd.RAN, 1));
    }

    @Test
    void no_round_of_starts_begins_before_every_call_of_the_last_is_answered() throws Exception {
        start(scenario(device("a").build(), device("b").build()));
        ExchangesPerRoute rounds = new ExchangesPerRoute();
        rounds.start();
        service.context().getManagementStrategy().addEventNotifier(rounds);
        simulator.faults().on(EndpointKind.RUN).subject(id("a")).once(Fault.hold());

        order(List.of(id("a"), id("b")), "20s");
        await().until(() -> service.ledger().runs().devices().open("contoso").stream()
                .anyMatch(device -> device.isStarting() && device.machineId().equals(id("a"))));
        int starts = rounds.of("start-devices");
        int others = rounds.of("finish-run");

        await().until(() -> rounds.of("finish-run") >= others + 20);
        assertThat(rounds.of("start-devices")).isEqualTo(starts);
        simulator.close();
    }

    /** How many exchanges have begun at each route. */
    private static final class ExchangesPerRoute extends EventNotifierSupport {

        private final Map<String, Integer> counts = new ConcurrentHashMap<>();

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeCreatedEvent created) {
                counts.merge(String.valueOf(created.getExchange().getFromRouteId()), 1, Integer::sum);
            }
        }

        int of(String route) {
            return counts.getOrDefault(route, 0);
        }
    }
}
