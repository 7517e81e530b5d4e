package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("integration")
class HttpIntakeTest {

    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static Simulator simulator;
    private static RunningService service;
    private static int port;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(Scenario.demo().tenants())));
        simulator.actions().put(ScenarioAction.of("contoso", ID, ScenarioCommand.script("a.ps1",
                ScenarioBlob.text("{\"script_name\":\"a.ps1\",\"exit_code\":0,\"script_output\":\"ok\",\"script_errors\":\"\"}"))));
        service = new RunningService(simulator, directory, Map.of("live-response.intake.http.enabled", "true",
                "live-response.intake.http.port", Integer.toString(port), "live-response.intake.http.max-bytes", "65536",
                "camel.server.enabled", "{{live-response.intake.http.enabled}}", "camel.server.host", "{{live-response.intake.http.host}}",
                "camel.server.port", "{{live-response.intake.http.port}}",
                "camel.server.max-body-size", "{{live-response.intake.http.max-bytes}}", "camel.server.file-upload-enabled", "false"),
                main -> main.addMainListener(new PlainBodies()));
        key = Files.readString(directory.resolve("data/intake-http.key")).strip();
    }

    @AfterAll
    static void stop() {
        service.close();
        simulator.close();
    }

    @Test
    void answersWithStatesOnceCommittedAndAKnownRequestWithItsOwn() throws Exception {
        String body = "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ID + "\",\"commandIndex\":0}";
        HttpResponse<String> first = post(body, key);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(json(first).path("accepted").path(0).path("state").asText()).isEqualTo("due");
        assertThat(service.request(new ResultKey("contoso", ID, 0))).isNotNull();
        await().atMost(Duration.ofMinutes(1)).until(() -> service.request(new ResultKey("contoso", ID, 0)).endedAt() != null);

        HttpResponse<String> again = post(body, key);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(json(again).path("accepted").path(0).path("state").asText()).isEqualTo("delivered");
        JsonNode state = json(get("/requests/contoso/" + ID + "/0", key));
        assertThat(state.path("state").asText()).isEqualTo("delivered");
        assertThat(state.path("outcome").asText()).isEqualTo("succeeded");
        assertThat(state.path("deliveries").path(0).path("sink").asText()).isEqualTo("file");
    }

    @Test
    void takesWhatIsARequestAndSaysOfTheRestWhyNot() throws Exception {
        String csv = "tenant,machineActionId,commandIndex\ncontoso,22222222-2222-4333-8444-555555555555,1\nnobody,22222222-2222-4333-8444-555555555555,1\n";
        HttpResponse<String> answer = post(csv, key);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("accepted")).hasSize(1);
        assertThat(json(answer).path("rejected").path(0).path("code").asText()).isEqualTo("REQUEST_TENANT_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "hello", "[]", "{}", "[{\"tenant\":\"contoso\"}]",
            "{\"tenant\":\"contoso\",\"machineActionId\":\"x\",\"commandIndex\":0}"})
    void refusesABodyWithoutAnyRequestAndSaysWhy(String body) throws Exception {
        HttpResponse<String> answer = post(body, key);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("accepted")).isEmpty();
        assertThat(json(answer).path("rejected").path(0).path("reason").asText()).isNotBlank();
    }

    @Test
    void readsABodyThatIsCalledAFormByMistake() throws Exception {
        String body = "[{\"tenant\":\"contoso\",\"machineActionId\":\"55555555-2222-4333-8444-555555555555\",\"commandIndex\":0}]";
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/requests"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(body)), key);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("accepted")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html; charset=utf-16", "nonsense"})
    void readsALongBodyWhateverItIsCalled(String type) throws Exception {
        String body = IntStream.range(0, 100)
                .mapToObj(i -> "{\"tenant\":\"contoso\",\"machineActionId\":\"66666666-2222-4333-8444-555555555555\","
                        + "\"commandIndex\":" + i + ",\"note\":\"a=b&c%41+d\"}")
                .collect(Collectors.joining(",", "[", "]"));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/requests"))
                .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)), key);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).path("accepted")).hasSize(100);
    }

    @Test
    void writesNoFileForWhoeverUploadsOne() throws Exception {
        String body = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\ncontent\r\n--x--\r\n";
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/requests"))
                .header("Content-Type", "multipart/form-data; boundary=x").POST(HttpRequest.BodyPublishers.ofString(body)), null);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Path.of("file-uploads")).doesNotExist();
    }

    @Test
    void refusesALargeBody() throws Exception {
        assertThat(post(" ".repeat(70_000), key).statusCode()).isEqualTo(413);
    }

    @Test
    void tellsNothingWithoutTheKey() throws Exception {
        int before = service.all().size();
        String body = "{\"tenant\":\"contoso\",\"machineActionId\":\"33333333-2222-4333-8444-555555555555\",\"commandIndex\":0}";

        for (String wrong : new String[]{null, "", "x", key + "x", key.substring(1)}) {
            HttpResponse<String> answer = post(body, wrong);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEmpty();
            assertThat(get("/requests/contoso/" + ID + "/0", wrong).statusCode()).isEqualTo(401);
        }
        assertThat(service.all()).hasSize(before);
    }

    @Test
    void a_failure_of_its_own_is_answered_with_503_and_with_nothing_of_the_caller() throws Exception {
        AdviceWith.adviceWith(service.context(), "intake-http", advice -> advice.weaveAddFirst()
                .filter(advice.header("X-Fails").isEqualTo("now")).throwException(new IllegalStateException("out of order")));

        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/requests"))
                .header("X-Fails", "now").POST(HttpRequest.BodyPublishers.ofString("{}")), key);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.headers().firstValue("X-Fails")).isEmpty();
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/requests/contoso/44444444-2222-4333-8444-555555555555/0", "/requests/contoso/x/0",
            "/requests/contoso/" + ID + "/x",
            "/requests/nobody/" + ID + "/0", "/requests/contoso/" + ID + "/all"})
    void doesNotKnowWhatWasNeverAccepted(String path) throws Exception {
        assertThat(get(path, key).statusCode()).isEqualTo(404);
    }

    @Test
    void keepsItsKeyWhereOnlyItsOwnUserReadsIt() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("data/intake-http.key"))))
                .isEqualTo("rw-------");
        assertThat(key).hasSizeGreaterThan(40);
    }

    private static HttpResponse<String> post(String body, String shown) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/requests"))
                .POST(HttpRequest.BodyPublishers.ofString(body)), shown);
    }

    private static HttpResponse<String> get(String path, String shown) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)), shown);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String shown) throws Exception {
        if (shown != null) {
            request.header("X-API-Key", shown);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        return new JsonMapper().readTree(answer.body());
    }
}
