package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class DeliverFileTest extends DeliverySupport {

    private static final String FOLDER = "contoso/ws-1.contoso.com/" + ACTION + "/";

    @Test
    void theBytesAsReceivedTheJsonAndTheTextLieSideBySide() throws Exception {
        start();

        Exchange exchange = deliver("file", failed(), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(filesIn(results().resolve(FOLDER))).containsOnlyKeys("0.transcript.json", "0.result.json", "0.txt");
        assertThat(results().resolve(FOLDER + "0.transcript.json")).hasBinaryContent(BYTES);
        JsonNode json = new ObjectMapper().readTree(results().resolve(FOLDER + "0.result.json").toFile());
        assertThat(json.path("sha256").asText()).isEqualTo(failed().sha256());
        assertThat(json.path("outcome").asText()).isEqualTo("failed");
        assertThat(json.path("tenant").asText()).isEqualTo("contoso");
        assertThat(exchange.getVariable("liveResponseReference", String.class)).endsWith("0.result.json");
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void aResultWithoutBytesHasItsJsonAndTextOnly() throws Exception {
        start();
        var whole = failed();

        deliver("file", new io.liveresponse.model.Result(KEY, Outcome.ACTION_FAILED, null, null, whole.output(), whole.errors(), "why",
                whole.action(), null), Map.of());

        assertThat(filesIn(results().resolve(FOLDER))).containsOnlyKeys("0.result.json", "0.txt");
    }

    @Test
    void namesFromTheDeviceAndHeadersFromOutsideStayInsideTheDirectory() throws Exception {
        start();
        List<String> hostile = List.of("..\\..\\..\\etc\\passwd", "../../../../tmp/evil", "/etc/cron.d/evil", "C:\\a\\..\\..\\b", "..", ".",
                "",
                "a\u0000b", "con", "x/../../../y", "${sys:user.home}", "{{env:HOME}}", "a\nb", "name.part", "\u202Egpj.exe",
                "%2e%2e%2fevil",
                "-rf", "~/.ssh/id_rsa", "x".repeat(5000), "0.result.json");

        for (String name : hostile) {
            Exchange exchange = deliver("file", result(Outcome.FILE_RETRIEVED, name, ""), Map.of("CamelFileName", "../evil",
                    "CamelOverruleFileName", "../../evil", "CamelFileNameProduced", "/evil", "CamelBeanMethodName", "evil"));
            assertThat(exchange.getException()).as(name).isNull();
        }

        assertThat(filesIn(directory).keySet()).filteredOn(file -> !file.startsWith("simulator/"))
                .allMatch(file -> file.equals("spooled.blob") || file.startsWith("data/results/" + FOLDER + "0")
                        || file.matches("data/results/(results-[0-9-]+\\.jsonl|results\\.head|\\.results\\.lock)"))
                .noneMatch(file -> file.endsWith(".part") && !file.contains("name.part"));
        assertThat(new ObjectMapper().readTree(results().resolve(FOLDER + "0.result.json").toFile()).path("outcome").asText())
                .isEqualTo("file-retrieved");
    }

    @Test
    void aResultDeliveredAgainReplacesItsFiles() throws Exception {
        start();
        deliver("file", failed(), Map.of());
        Map<String, Long> first = filesIn(results());

        deliver("file", failed(), Map.of());

        assertThat(filesIn(results())).isEqualTo(first);
    }

    @Test
    void aDirectoryThatTakesNoFileIsUnavailableAfterTheAttempts() throws Exception {
        set("live-response.retry.attempts", "3");
        Files.createDirectories(data());
        Files.writeString(results(), "a file where the directory should be");
        start();

        Exchange exchange = deliver("file", failed(), Map.of());

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_NOT_STORED);
        assertThat(waits.all()).hasSize(2);
        assertThat(filesIn(data()).keySet()).isEqualTo(Set.of("results"));
    }

    @Test
    void aNameThatIsTakenByADirectoryLeavesNoPart() throws Exception {
        set("live-response.retry.attempts", "1");
        Files.createDirectories(results().resolve(FOLDER + "0.transcript.json/x"));
        start();

        assertThat(failure(deliver("file", failed(), Map.of())).getCode()).isEqualTo(FailureCode.DELIVERY_NOT_STORED);
        assertThat(filesIn(results())).isEmpty();
    }
}
