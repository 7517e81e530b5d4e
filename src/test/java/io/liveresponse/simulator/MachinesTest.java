package io.liveresponse.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.scenario.ScenarioDevice.Refusal;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of devices, in pages of two, and one device. */
@Tag("integration")
class MachinesTest extends RunTestSupport {

    @BeforeEach
    void start() throws Exception {
        start(ScenarioRuns.DOCUMENTED,
                device("ws-1.corp").tags("finance", "vip").build(),
                device("ws-2.corp").tags("finance").offline().build(),
                device("srv-1.corp").os("WindowsServer2022").tags("lab").build(),
                device("old-1.corp").os("Windows8Blue").refuses(Refusal.RESTRICTED).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "computerDnsName eq 'WS-1.corp' | ws-1.corp",
            "startswith(computerDnsName,'ws-') | ws-1.corp ws-2.corp",
            "osPlatform eq 'Windows11' | ws-1.corp ws-2.corp",
            "machineTags/any(tag: tag eq 'finance') | ws-1.corp ws-2.corp",
            "machineTags/any(t: t eq 'vip') or osPlatform eq 'WindowsServer2022' | srv-1.corp ws-1.corp",
            "machineTags/any(tag: tag eq 'finance') and healthStatus eq 'Inactive' | ws-2.corp",
            "machineTags/any(tag: tag eq 'Restricted security operations') | old-1.corp",
            "machineTags/any(tag: tag eq 'none') |",
    })
    void filters_by_name_platform_and_tag(String filter, String expected) throws Exception {
        assertThat(String.join(" ", listed(filter).stream().sorted().toList())).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"machineTags eq 'x'", "machineTags/any(tag: tag ne 'x')", "osPlatform/any(tag: tag eq 'x')",
            "machineTags/any(tag eq 'x')",
            "machineTags/any(tag: other eq 'x')", "requestor eq 'x'", "startswith(lastSeen,'2')"})
    void refuses_what_it_cannot_filter_by(String filter) throws Exception {
        assertThat(page("?$filter=" + encoded(filter)).statusCode()).isEqualTo(400);
    }

    @Test
    void pages_by_next_links_until_every_device_is_told_once() throws Exception {
        assertThat(listed(null)).containsExactlyInAnyOrder("ws-1.corp", "ws-2.corp", "srv-1.corp", "old-1.corp");
        assertThat(SimulatorClient.JSON.readTree(page("?$top=1&$skip=3").body()).path("value")).hasSize(1);
    }

    @Test
    void one_device_is_read_by_its_id() throws Exception {
        JsonNode machine = SimulatorClient.JSON.readTree(client.api(token, "/api/machines/" + id("srv-1.corp")).body());

        assertThat(machine.path("id").asText()).matches("[0-9a-f]{40}").isEqualTo(id("srv-1.corp"));
        assertThat(machine.path("computerDnsName").asText()).isEqualTo("srv-1.corp");
        assertThat(machine.path("osPlatform").asText()).isEqualTo("WindowsServer2022");
        assertThat(machine.path("machineTags").path(0).asText()).isEqualTo("lab");
        assertThat(client.api(token, "/api/machines/" + id("nobody")).statusCode()).isEqualTo(404);
        assertThat(client.api(client.token(SimulatorSetup.FABRIKAM), "/api/machines/" + id("srv-1.corp")).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> page(String query) throws IOException, InterruptedException {
        return client.api(token, "/api/machines" + query);
    }

    private List<String> listed(String filter) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        String next = simulator.apiUrl() + "/api/machines" + (filter == null ? "" : "?$filter=" + encoded(filter));
        while (!next.isEmpty()) {
            HttpResponse<String> answer = client.get(next, "Authorization", "Bearer " + token);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode page = SimulatorClient.JSON.readTree(answer.body());
            page.path("value").forEach(machine -> names.add(machine.path("computerDnsName").asText()));
            next = page.path("@odata.nextLink").asText();
        }
        return names;
    }

    private static String encoded(String filter) {
        return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
