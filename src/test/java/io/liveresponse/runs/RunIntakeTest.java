package io.liveresponse.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.liveresponse.ledger.RunEnd;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultJson;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.RunResult;
import io.liveresponse.model.RunTable;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Host;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs that come as files, and what the table looks like outside. */
class RunIntakeTest extends RunTestSupport {

    private static final RunTable TABLE = new RunTable("11111111-2222-4333-8444-555555555555", "contoso", "a.ps1", "ab".repeat(32), "CHG-1",
            "finished",
            null, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 1, Map.of("ran", 1), Map.of("failed", 1), () -> List.of(new RunTable.Row(
                    "=cmd|' /C calc'!A0", "a".repeat(40), "ran", "<script>alert(1)</script>", "99999999-2222-4333-8444-555555555555", 1,
                    "failed", 3)).iterator());

    @Test
    void a_run_file_starts_a_run_once_however_often_it_comes_and_what_is_no_run_is_rejected() throws Exception {
        settings.put("live-response.intake.inbox.enabled", "true");
        start(scenario(device("a").build()));
        Path inbox = directory.resolve("data/inbox");
        String order = "tenant: contoso\nscript: " + SCRIPT + "\ndevices: [" + id("a") + "]\ndeadline: 20s\ncomment: Größe\n";

        Files.writeString(inbox.resolve("first.run.yaml"), order);
        Files.writeString(inbox.resolve("second.run.yaml"), order);
        Files.writeString(inbox.resolve("bad.run.json"), "{\"script\": \"x\"}");
        await().until(() -> count("accepted", ".run.") == 3);

        assertThat(service.ledger().runs().runs(10)).hasSize(1);
        RunRecord run = service.ledger().runs().runs(10).get(0);
        awaitTable(run.runId());
        assertThat(run.comment()).isEqualTo("Größe");
        assertThat(run(run.runId()).ends()).isEqualTo(Map.of(RunEnd.RAN, 1));
        assertThat(simulator.runs().scriptsPerDevice()).isEqualTo(Map.of(id("a"), 1L));
        assertThat(count("rejected", "bad.run.json.rejected.json")).isOne();
    }

    @Test
    void a_pinned_version_is_in_the_path_of_every_call_of_a_run() throws Exception {
        settings.put("live-response.tenant.contoso.api-version", "v1.0");
        start(scenario(device("a").build()));

        RunTable table = awaitTable(order(List.of(id("a")), "20s").run());

        assertThat(table.ends()).isEqualTo(Map.of("ran", 1));
        assertThat(simulator.journal().calls()).filteredOn(call -> call.host() == Host.API)
                .extracting(Call::kind).contains(EndpointKind.RUN, EndpointKind.ACTIONS, EndpointKind.LIBRARY, EndpointKind.LINK);
        assertThat(simulator.journal().calls()).filteredOn(call -> call.host() == Host.API)
                .allSatisfy(call -> assertThat(call.target()).startsWith("/api/v1.0/"));
    }

    @Test
    void a_run_that_is_posted_starts_once_and_what_is_no_run_is_answered_with_the_reason() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        settings.putAll(Map.of("live-response.intake.http.enabled", "true", "live-response.intake.http.port", Integer.toString(port),
                "camel.server.enabled", "true", "camel.server.host", "127.0.0.1", "camel.server.port", Integer.toString(port)));
        start(scenario(device("a").build()));
        String key = Files.readString(directory.resolve("data/intake-http.key")).strip();
        String order = "{\"tenant\":\"contoso\",\"script\":\"" + SCRIPT + "\",\"devices\":[\"" + id("a")
                + "\",\"nowhere\"],\"deadline\":\"20s\"}";

        HttpResponse<String> first = post(port, key, order);
        HttpResponse<String> again = post(port, key, order);
        HttpResponse<String> wrong = post(port, key, order.replace("script", "skript"));
        HttpResponse<String> stranger = post(port, "guessed", order);

        assertThat(List.of(first.statusCode(), again.statusCode(), wrong.statusCode(), stranger.statusCode()))
                .containsExactly(202, 202, 400, 401);
        JsonNode started = new ObjectMapper().readTree(first.body());
        assertThat(started.path("fresh").asBoolean()).isTrue();
        assertThat(started.path("rejected").get(0).path("problem").asText()).isEqualTo("the tenant has no device of this name");
        assertThat(new ObjectMapper().readTree(again.body()).path("fresh").asBoolean()).isFalse();
        assertThat(wrong.body()).contains("REQUEST_INVALID", "unknown key skript");
        assertThat(awaitTable(started.path("run").asText()).ends()).isEqualTo(Map.of("ran", 1, "refused", 1));
        assertThat(service.ledger().runs().runs(10)).hasSize(1);
        assertThat(simulator.runs().scriptsPerDevice()).isEqualTo(Map.of(id("a"), 1L));
    }

    private static HttpResponse<String> post(int port, String key, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/runs")).header("X-API-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private long count(String folder, String name) throws Exception {
        Path path = directory.resolve("data").resolve(folder);
        if (!Files.isDirectory(path)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().contains(name)).count();
        }
    }

    @Test
    void what_a_device_says_is_text_in_csv_html_and_json() throws Exception {
        RunResult result = new RunResult(new ResultKey("contoso", TABLE.run(), 0), Outcome.FAILED, TABLE);

        assertThat(new String(RunPages.csv(result).readAllBytes(), UTF_8)).contains("'=cmd").doesNotContain("\n=cmd");
        assertThat(RunPages.html(result)).doesNotContain("<script>").contains("Run of a.ps1 on 1 device: 1 ran (1 failed)");
        String json = new String(RunPages.json(result).readAllBytes(), UTF_8);
        assertThat(new ObjectMapper().readTree(json)).isEqualTo(ResultJson.mapper().valueToTree(result));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(getClass().getResourceAsStream("/io/liveresponse/run.schema.json")).validate(new ObjectMapper().readTree(json)))
                .isEmpty();
        assertThat(new ObjectMapper().readTree(json).path("rows").get(0).path("exitCode").asInt()).isEqualTo(3);
    }
}
