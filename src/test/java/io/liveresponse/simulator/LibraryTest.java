package io.liveresponse.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live response library: list, upload in the form of the documentation's curl example, delete. */
class LibraryTest extends RunTestSupport {

    @BeforeEach
    void start() throws Exception {
        start(ScenarioRuns.DOCUMENTED, device("a").build());
    }

    @Test
    void an_upload_is_listed_with_its_sha256_and_can_be_run() throws Exception {
        byte[] content = "Write-Output 'hello'\r\n".getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = upload("Say-Hello.ps1", content, Map.of("Description", "greets", "HasParameters", "true",
                "ParametersDescription", "-Name", "OverrideIfExists", "false"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(SimulatorClient.JSON.readTree(answer.body()).path("fileName").asText()).isEqualTo("Say-Hello.ps1");
        JsonNode listed = listed("Say-Hello.ps1");
        assertThat(listed.path("sha256").asText()).isEqualTo(DigestUtils.sha256Hex(content));
        assertThat(listed.path("description").asText()).isEqualTo("greets");
        assertThat(listed.path("hasParameters").asBoolean()).isTrue();
        assertThat(listed.path("parametersDescription").asText()).isEqualTo("-Name");
        assertThat(listed.path("creationTime").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(client.run(token, id("a"), "Say-Hello.ps1").statusCode()).isEqualTo(201);
        assertThat(simulator.journal().countOf(EndpointKind.LIBRARY_UPLOAD, "Say-Hello.ps1")).isEqualTo(1);
    }

    @Test
    void a_file_is_overwritten_only_if_the_upload_says_so_and_keeps_its_creation_time() throws Exception {
        pass(60);
        byte[] content = {1, 2, 3, (byte) 0xff};

        assertThat(upload(SCRIPT, content, Map.of()).statusCode()).isEqualTo(400);
        assertThat(simulator.library().sha256("contoso", SCRIPT))
                .hasValueSatisfying(hash -> assertThat(hash).isNotEqualTo(DigestUtils.sha256Hex(content)));
        assertThat(upload(SCRIPT, content, Map.of("OverrideIfExists", "true")).statusCode()).isEqualTo(200);
        assertThat(listed(SCRIPT).path("sha256").asText()).isEqualTo(DigestUtils.sha256Hex(content));
        assertThat(listed(SCRIPT).path("creationTime").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(listed(SCRIPT).path("lastUpdatedTime").asText()).isEqualTo("2026-03-01T10:01:00Z");
    }

    @Test
    void a_file_of_20_MB_is_taken_and_one_byte_more_is_not() throws Exception {
        assertThat(upload("big.zip", new byte[20 << 20], Map.of()).statusCode()).isEqualTo(200);
        HttpResponse<String> larger = upload("bigger.zip", new byte[(20 << 20) + 1], Map.of());

        assertThat(larger.statusCode()).isEqualTo(400);
        assertThat(SimulatorClient.error(larger).path("message").asText()).contains("20 MB");
        assertThat(simulator.library().sha256("contoso", "bigger.zip")).isEmpty();
    }

    @Test
    void what_is_no_form_with_a_file_is_refused() throws Exception {
        assertThat(client.postToApi(token, "/api/libraryfiles", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void a_deleted_file_is_gone_and_cannot_be_run() throws Exception {
        assertThat(delete(SCRIPT).statusCode()).isEqualTo(204);
        assertThat(delete(SCRIPT).statusCode()).isEqualTo(404);

        assertThat(listed(SCRIPT).isMissingNode()).isTrue();
        assertThat(SimulatorClient.code(run("a"))).isEqualTo("InvalidInput");
        assertThat(simulator.journal().perSubject(EndpointKind.LIBRARY_DELETE)).containsEntry(SCRIPT, 2L);
    }

    @Test
    void a_change_in_the_portal_changes_the_listed_hash() throws Exception {
        String before = listed(SCRIPT).path("sha256").asText();
        simulator.library().put(new ScenarioLibraryFile("contoso", SCRIPT, "# changed\n", null, null, 0, "x", null, null));

        assertThat(listed(SCRIPT).path("sha256").asText()).isNotEqualTo(before).isEqualTo(DigestUtils.sha256Hex("# changed\n"));
    }

    private JsonNode listed(String name) throws IOException, InterruptedException {
        for (JsonNode file : SimulatorClient.JSON.readTree(client.api(token, "/api/libraryfiles").body()).path("value")) {
            if (file.path("fileName").asText().equals(name)) {
                return file;
            }
        }
        return SimulatorClient.JSON.missingNode();
    }

    private HttpResponse<String> delete(String name) throws IOException, InterruptedException {
        return client.send(SimulatorClient.request(simulator.apiUrl() + "/api/libraryfiles/" + name, "Authorization", "Bearer " + token)
                .DELETE().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> upload(String name, byte[] content, Map<String, String> fields) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        fields.forEach(
                (field, value) -> body.writeBytes(("\r\n--B\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value)
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes("\r\n--B--\r\n".getBytes(StandardCharsets.UTF_8));
        return client.send(SimulatorClient.request(simulator.apiUrl() + "/api/libraryfiles", "Authorization", "Bearer " + token,
                "Content-Type", "multipart/form-data; boundary=B").POST(BodyPublishers.ofByteArray(body.toByteArray())).build(),
                BodyHandlers.ofString());
    }
}
