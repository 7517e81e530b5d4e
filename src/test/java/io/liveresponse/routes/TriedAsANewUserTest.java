package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.liveresponse.Guide;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.SettingsValidator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.ScenarioRequest;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import io.liveresponse.validate.Finding;
import io.liveresponse.validate.RouteFiles;
import io.liveresponse.validate.RouteValidator;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody who has read the README and nothing else does what it says; the edits are the README's own. */
@Tag("integration")
class TriedAsANewUserTest extends RoutesTestSupport {

    private static final Path README = Path.of("README.md");
    private static final Path SINK_PAGE = Path.of("docs/adding-a-sink.md");

    private Guide guide;

    @BeforeEach
    void copyTheProject() throws Exception {
        guide = Guide.in(directory.resolve("copy"));
    }

    @Test
    void theThresholdOfTheExitCodesIsChanged() throws Exception {
        scenario(Scenario.of(List.of(CONTOSO), scripts("contoso", ACTION, 2999, 3000, 3999, 4000)));
        simulatorWith(SimulatorOptions::withMail);

        assertThat(guide.follow(README, "## Change it")).isEqualTo(1);

        assertThat(validate()).isEmpty();
        startIn(guide.routes());
        for (int index = 0; index < 4; index++) {
            assertThat(template.send("direct:live-response-route-result", fetch(key(index))).getException()).isNull();
        }
        assertThat(simulator.ticketSystem().tickets()).extracting(ticket -> ticket.idempotencyKey()).containsExactly(key(0).toString(),
                key(3).toString());
        assertThat(simulator.mails()).hasSize(2);
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    @Test
    void aSinkIsAdded() throws Exception {
        assertThat(Files.readString(README)).contains("](" + SINK_PAGE.toString().replace('\\', '/') + ")");

        assertThat(guide.follow(SINK_PAGE)).isEqualTo(3);

        assertThat(validate()).isEmpty();
        WireMockServer receiver = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        receiver.start();
        try {
            receiver.stubFor(WireMock.post(WireMock.anyUrl()).willReturn(WireMock.ok()));
            set("siem.url", receiver.baseUrl() + "/results");
            scenario(Scenario.demo());
            simulatorWith(SimulatorOptions::withMail);
            startIn(guide.routes());
            List<ScenarioRequest> requests = Scenario.demo().requests().stream().filter(request -> request.expect().hasTranscript())
                    .toList();
            for (ScenarioRequest request : requests) {
                assertThat(template.send("direct:live-response-route-result", fetch(request.key())).getException()).isNull();
            }

            List<String> failed = requests.stream().filter(request -> request.expect().outcome().label().equals("failed"))
                    .map(request -> request.key().toString()).toList();
            assertThat(failed).isNotEmpty();
            assertThat(receiver.findAll(WireMock.anyRequestedFor(WireMock.anyUrl()))).extracting(post -> header(post, "Idempotency-Key"))
                    .containsExactlyElementsOf(failed);
            assertThat(simulator.ticketSystem().tickets())
                    .hasSize((int) requests.stream().filter(request -> request.expect().sinks().contains("ticket")).count());
            assertThat(simulator.journal().unexpected()).isEmpty();
        } finally {
            receiver.stop();
        }
    }

    @Test
    void aTenantIsAdded() throws Exception {
        assertThat(guide.follow(README, "## A real tenant in ten minutes")).isEqualTo(1);

        assertThat(validate()).isEmpty();
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(guide.settings(), StandardCharsets.ISO_8859_1)) {
            settings.load(reader);
        }
        String tenant = "live-response.tenant.fabrikam.";
        scenario(Scenario.of(List.of(CONTOSO, SimulatorTenant.of("fabrikam", settings.getProperty(tenant + "tenant-id"),
                settings.getProperty(tenant + "client-id"), "fabrikam~secret")), scripts("contoso", ACTION, 0),
                scripts("fabrikam", OTHER_ACTION, 0)));
        settings.stringPropertyNames().stream()
                .filter(key -> key.startsWith("live-response.") && !settings.getProperty(key).contains("{{env:"))
                .forEach(key -> set(key, settings.getProperty(key)));
        startIn(guide.routes());

        for (ResultKey key : List.of(KEY, OTHER_KEY)) {
            assertThat(template.send("direct:live-response-route-result", fetch(key)).getException()).isNull();
        }
        assertThat(filesIn(results()).keySet()).filteredOn(name -> name.endsWith(".result.json"))
                .containsExactly("contoso/" + ACTION + "/0.result.json", "fabrikam/" + OTHER_ACTION + "/0.result.json");
        assertThat(List.of(simulator.journal().count(EndpointKind.TOKEN), simulator.journal().count(EndpointKind.LINK))).containsExactly(2L,
                2L);
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    private static ScenarioAction scripts(String tenant, String action, int... exitCodes) {
        return ScenarioAction.of(tenant, action, IntStream.of(exitCodes)
                .mapToObj(code -> ScenarioCommand.script("check.ps1", ScenarioBlob.transcript("check.ps1", code, "text\n", "")))
                .toArray(ScenarioCommand[]::new));
    }

    private static String header(LoggedRequest request, String name) {
        return request.getHeader(name);
    }

    private List<String> validate() throws Exception {
        return new RouteValidator(new SettingsValidator(key -> null, null))
                .validate(RouteFiles.in(guide.routes()), Optional.of(guide.settings()))
                .stream().map(Finding::toString).toList();
    }
}
