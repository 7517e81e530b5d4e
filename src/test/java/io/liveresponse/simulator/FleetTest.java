package io.liveresponse.simulator;

import static io.liveresponse.simulator.SimulatorSetup.CONTOSO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioDevice.Refusal;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fleets by number and share, from Java and from YAML. */
class FleetTest {

    @TempDir
    Path directory;

    private static ScenarioFleet fleet() {
        return ScenarioFleet.of("contoso", 300, 7).offline("20%").restricted("3").unsupported("5").late("10", Duration.ofHours(1))
                .failing("1%");
    }

    @Test
    void a_fleet_has_exactly_the_shares_asked_for_and_no_device_is_in_two() {
        List<ScenarioDevice> devices = fleet().expand();

        assertThat(devices).hasSize(300);
        assertThat(devices).filteredOn(ScenarioDevice::offline).hasSize(60);
        assertThat(devices).filteredOn(device -> device.refusal() == Refusal.RESTRICTED).hasSize(3);
        assertThat(devices).filteredOn(device -> device.refusal() == Refusal.UNSUPPORTED).hasSize(5);
        assertThat(devices).filteredOn(device -> !device.onlineAfter().isZero()).hasSize(10);
        assertThat(devices).filteredOn(device -> device.exitCode() != null).hasSize(3);
        assertThat(devices).filteredOn(device -> !device.offline() && device.refusal() == null && device.onlineAfter().isZero()
                && device.exitCode() == null).hasSize(300 - 60 - 3 - 5 - 10 - 3);
    }

    @Test
    void the_same_seed_gives_the_same_devices_and_another_seed_others() {
        assertThat(fleet().expand()).isEqualTo(fleet().expand());
        assertThat(ScenarioFleet.of("contoso", 300, 8).offline("20%").expand())
                .isNotEqualTo(ScenarioFleet.of("contoso", 300, 7).offline("20%").expand());
    }

    @Test
    void devices_have_unique_ids_of_40_hex_digits_names_tags_and_platforms() {
        List<ScenarioDevice> devices = fleet().expand();

        assertThat(devices).extracting(ScenarioDevice::machineId).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{40}"));
        assertThat(devices).extracting(ScenarioDevice::computerDnsName).startsWith("ws-0001.corp.contoso.com", "ws-0002.corp.contoso.com");
        assertThat(devices).filteredOn(device -> device.tags().equals(List.of("finance"))).hasSize(100);
        assertThat(devices).extracting(ScenarioDevice::osPlatform).contains("Windows10", "Windows11", "WindowsServer2022");
    }

    @Test
    void shares_beyond_the_devices_and_what_is_no_share_are_refused() {
        assertThatThrownBy(() -> ScenarioFleet.of("contoso", 10, 1).offline("90%").restricted("2").expand())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("add up to 11");
        for (String share : List.of("-1", "101%", "1.5", "many", "%")) {
            assertThatThrownBy(() -> ScenarioFleet.of("contoso", 10, 1).offline(share)).as(share)
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(share);
        }
    }

    @Test
    void a_scenario_file_describes_runs_devices_fleets_library_and_faults() throws Exception {
        Path file = Files.writeString(directory.resolve("runs.yaml"), """
                tenants:
                  - {name: contoso, tenantId: t, clientId: c, clientSecret: s}
                runs: {timeScale: 600, sessions: 25, visibleAfter: PT2M, waitingStatus: Pending, refusedFields: [ExternalID]}
                library:
                  - {tenant: contoso, fileName: a.ps1, output: "on {device}", runTime: PT3M}
                devices:
                  - tenant: contoso
                    computerDnsName: vip-1
                    tags: [vip]
                    refusal: restricted
                  - tenant: contoso
                    computerDnsName: vip-2
                    faults: [{at: run, kind: lost-answer}]
                fleets:
                  - {tenant: contoso, devices: 10, seed: 1, offline: 20%, restricted: 1}
                faults:
                  - {at: machines, status: 403, code: DisabledFeature}
                """);

        Scenario scenario = Scenario.read(file);

        assertThat(scenario.allDevices()).hasSize(12);
        assertThat(scenario.devices().get(0).refusal()).isEqualTo(Refusal.RESTRICTED);
        assertThat(scenario.allDevices()).filteredOn(ScenarioDevice::offline).hasSize(2);
        assertThat(scenario.runs().sessions()).isEqualTo(25);
        assertThat(scenario.runs().calls()).as("as documented").isEqualTo(10);
        assertThat(scenario.runs().scaled(Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(1));
        try (Simulator simulator = Simulator.start(SimulatorOptions.in(directory, scenario))) {
            SimulatorClient client = new SimulatorClient(simulator);
            String token = client.token(scenario.tenants().get(0));
            assertThat(SimulatorClient.code(client.api(token, "/api/machines"))).isEqualTo("DisabledFeature");
            assertThat(SimulatorClient.JSON.readTree(client.api(token, "/api/machines").body()).path("value")).hasSize(12);
            assertThatThrownBy(() -> client.run(token, scenario.devices().get(1).machineId(), "a.ps1")).isInstanceOf(IOException.class);
            assertThat(simulator.runs().count()).isEqualTo(1);
        }
    }

    @Test
    void an_unknown_key_a_strange_tenant_and_a_fault_at_the_wrong_place_are_refused_by_name() throws Exception {
        for (String[] bad : new String[][]{
                {"devices: [{tenant: nobody, computerDnsName: a}]", "nobody"},
                {"devices: [{tenant: nobody, computerDnsName: a, ofline: true}]", "ofline"},
                {"devices: [{tenant: nobody, computerDnsName: a, machineId: 12}]", "40 hex digits"},
                {"devices: [{tenant: nobody, computerDnsName: a, faults: [{at: blob, status: 500}]}]", "BLOB"},
                {"fleets: [{tenant: nobody, devices: 10, offline: some}]", "some"},
                {"runs: {timeScale: 0}", "timeScale"},
        }) {
            Path file = Files.writeString(directory.resolve("bad.yaml"), bad[0]);
            assertThatThrownBy(() -> Scenario.read(file)).as(bad[0]).isInstanceOf(IOException.class).hasMessageContaining(bad[1]);
        }
    }

    /** The run that others build on, with a client that does what the documentation says. */
    @Test
    void three_hundred_devices_are_worked_through_within_all_limits_and_each_script_runs_once() throws Exception {
        SettableClock clock = new SettableClock();
        Scenario scenario = Scenario.of(List.of(CONTOSO)).withFleets(fleet())
                .withLibrary(ScenarioLibraryFile.script("contoso", "a.ps1", "{device}"))
                .withRuns(ScenarioRuns.DOCUMENTED.withSessions(100));
        try (Simulator simulator = Simulator
                .start(SimulatorOptions.in(directory, scenario).withClock(clock).withTokenLifetime(Duration.ofDays(2)))) {
            SimulatorClient client = new SimulatorClient(simulator);
            String token = client.token(CONTOSO);
            TreeMap<Integer, Integer> statuses = new TreeMap<>();
            int calls = 0;
            for (ScenarioDevice device : scenario.allDevices()) {
                if (calls++ == 10) {
                    clock.advance(Duration.ofMinutes(1));
                    calls = 1;
                }
                statuses.merge(client.run(token, device.machineId(), "a.ps1").statusCode(), 1, Integer::sum);
            }
            clock.advance(Duration.ofHours(2));

            assertThat(statuses).containsOnly(Map.entry(201, 292), Map.entry(400, 5), Map.entry(403, 3));
            assertThat(simulator.journal().perSubject(EndpointKind.RUN)).hasSize(300).allSatisfy((id, count) -> assertThat(count).isOne());
            assertThat(simulator.runs().scriptsPerDevice()).hasSize(232).allSatisfy((id, count) -> assertThat(count).isOne());
            assertThat(simulator.runs().perStatus()).containsOnly(Map.entry("Succeeded", 229L), Map.entry("Failed", 3L),
                    Map.entry("TimeOut", 60L));
            assertThat(simulator.journal().maxInAnyWindow(EndpointKind.RUN, "contoso", Duration.ofMinutes(1))).isEqualTo(10);
            assertThat(simulator.runs().maxSessions("contoso")).isEqualTo(mostOpen(scenario.allDevices()));
            JsonNode list = SimulatorClient.JSON.readTree(client.api(token, "/api/machineactions?$filter=status%20eq%20'TimeOut'").body());
            assertThat(list.path("value")).hasSize(60);
        }
    }

    /** Ten devices start at a time; those that wait stay open to the end, those that run are gone before the next ten. */
    private static int mostOpen(List<ScenarioDevice> devices) {
        int waiting = 0;
        int most = 0;
        for (int first = 0; first < devices.size(); first += 10) {
            List<ScenarioDevice> ten = devices.subList(first, first + 10).stream().filter(device -> device.refusal() == null).toList();
            most = Math.max(most, waiting + ten.size());
            waiting += (int) ten.stream().filter(device -> device.offline() || !device.onlineAfter().isZero()).count();
        }
        return most;
    }
}
