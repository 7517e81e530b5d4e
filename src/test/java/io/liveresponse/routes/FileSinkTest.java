package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.liveresponse.deliver.file.ChainVerifier;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.CapturedText;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultJson;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.SpooledBlob;
import io.liveresponse.simulator.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class FileSinkTest extends BundleTestSupport {

    private static final String ACTION = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    private static final List<String> HOSTILE = List.of("..", "../../up", "/etc/passwd", "C:\\Windows\\win.ini", "a/../../../b", "con", ".",
            "${sys:user.home}", "{{env:HOME}}", "{action}", "\u0000", "\u202egpj", " ", "x".repeat(5_000), "ä".repeat(300), "-rf", "~root");

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.put("live-response.deliver.file.directory", results().toString());
        return settings;
    }

    @Test
    void aResultBecomesBytesJsonAndTextInTheDirectoryOfItsDevice() throws Exception {
        deliver(result(facts("pc-1.contoso.com", null), blob("{}".getBytes(StandardCharsets.UTF_8), "t.json"), Outcome.FAILED));

        Path directory = results().resolve("contoso/pc-1.contoso.com/" + ACTION);
        assertThat(filesIn(directory)).containsExactly("0.result.json", "0.transcript.json", "0.txt");
        assertThat(directory.resolve("0.transcript.json")).hasContent("{}");
        assertThat(Files.readString(directory.resolve("0.txt"))).contains("pc-1.contoso.com", "failed", "Grüße ␛[31m")
                .doesNotContain("\u001b");
        assertThat(new ChainVerifier(results()).verify()).isEmpty();
    }

    @Test
    void withoutAKnownDeviceTheDirectoryIsThatOfTenantAndAction() throws Exception {
        deliver(result(ActionFacts.UNKNOWN, null, Outcome.ACTION_FAILED));

        assertThat(filesIn(results().resolve("contoso/" + ACTION))).containsExactly("0.result.json", "0.txt");
    }

    @Test
    void aPackedFileIsUnpackedBesideTheBytesAsReceived() throws Exception {
        byte[] packed = gzip("the file".getBytes(StandardCharsets.UTF_8));
        deliver(result(facts("pc-1", "C:\\Temp\\out.log"), blob(packed, "out.log"), Outcome.FILE_RETRIEVED));

        Path directory = results().resolve("contoso/pc-1/" + ACTION);
        assertThat(filesIn(directory)).containsExactly("0-out.log", "0-out.log.gz", "0.result.json", "0.txt");
        assertThat(directory.resolve("0-out.log")).hasContent("the file");
        assertThat(directory.resolve("0-out.log.gz")).hasBinaryContent(packed);
        assertThat(Files.readString(results().resolve(chain()))).contains("/0-out.log\"", "/0-out.log.gz\"");
        assertThat(new ChainVerifier(results()).verify()).isEmpty();
    }

    @Test
    void aBombStaysPacked() throws Exception {
        byte[] bomb = gzip(new byte[8 << 20]);
        deliver(result(facts("pc-1", "C:\\zeros"), blob(bomb, "zeros"), Outcome.FILE_RETRIEVED));

        assertThat(filesIn(results().resolve("contoso/pc-1/" + ACTION))).containsExactly("0-zeros.gz", "0.result.json", "0.txt");
    }

    @Test
    void whateverNamesHoldNothingIsWrittenOutsideTheRoot() throws Exception {
        List<Path> before = outside();
        int index = 0;
        for (String name : HOSTILE) {
            byte[] packed = gzip(name.getBytes(StandardCharsets.UTF_8));
            ActionFacts facts = new ActionFacts("GetFile", name, name, name, name, name, name, Instant.EPOCH);
            deliver(new Result(new ResultKey("contoso", ACTION, index++), Outcome.FILE_RETRIEVED, null, name, CapturedText.EMPTY,
                    CapturedText.EMPTY, null, facts, blob(packed, name)));
        }

        assertThat(outside()).isEqualTo(before);
        try (Stream<Path> written = Files.walk(results())) {
            assertThat(written.filter(path -> path.toString().endsWith(".result.json"))).hasSize(HOSTILE.size())
                    .allSatisfy(path -> assertThat(path.getParent().getFileName()).hasToString(ACTION));
        }
        assertThat(new ChainVerifier(results()).verify()).isEmpty();
    }

    @Test
    void deliveringAgainLeavesOneLineAndTheSameFiles() throws Exception {
        Result result = result(facts("pc-1", null), blob("{}".getBytes(StandardCharsets.UTF_8), null), Outcome.FAILED);
        deliver(result);
        deliver(result);

        assertThat(Files.readAllLines(results().resolve(chain()))).hasSize(1);
        assertThat(new ChainVerifier(results()).verify()).isEmpty();
    }

    @Test
    void everyResultOfTheScenarioFitsTheSchema() throws Exception {
        int checked = 0;
        for (var request : Scenario.demo().requests()) {
            if (request.expect().hasTranscript()) {
                Exchange fetched = fetch(request.key().tenant(), request.key().machineActionId(), request.key().commandIndex());
                assertThat(schema().validate(ResultJson.mapper().valueToTree(result(fetched)))).as("%s", request.key()).isEmpty();
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(10);
        assertThat(schema().validate(ResultJson.mapper().valueToTree(
                result(facts("pc-1", "C:\\x"), blob(gzip(new byte[9]), "x"), Outcome.FILE_RETRIEVED)))).isEmpty();
    }

    @Test
    void theSchemaIsASchemaAndRefusesWhatIsNoResult() throws Exception {
        ObjectMapper json = new ObjectMapper();
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema")).validate(json.readTree(schemaText())))
                .isEmpty();
        String sound = json
                .writeValueAsString(ResultJson.mapper().<JsonNode>valueToTree(result(ActionFacts.UNKNOWN, null, Outcome.ACTION_FAILED)));
        assertThat(schema().validate(json.readTree(sound))).isEmpty();
        assertThat(schema().validate(json.readTree(sound.replace("action-failed", "lost")))).isNotEmpty();
        assertThat(schema().validate(json.readTree(sound.replace("\"tenant\"", "\"tennant\"")))).isNotEmpty();
        assertThat(schema().validate(json.readTree(sound.replace(ACTION, ACTION.toUpperCase(java.util.Locale.ROOT))))).isNotEmpty();
    }

    private void deliver(Result result) throws Exception {
        Exchange exchange = template.request("direct:live-response-to-file", asked -> asked.getMessage().setBody(result));
        result(exchange);
    }

    private static Result result(ActionFacts action, SpooledBlob blob, Outcome outcome) {
        return new Result(new ResultKey("contoso", ACTION, 0), outcome, blob == null || outcome == Outcome.FILE_RETRIEVED ? null : 3,
                "collect.ps1", new CapturedText("Grüße \u001b[31m\n", "", 12), CapturedText.EMPTY, null, action, blob);
    }

    private static ActionFacts facts(String device, String path) {
        return new ActionFacts(path == null ? "RunScript" : "GetFile", "collect.ps1", path, "id-1", device, "maria", "why", Instant.EPOCH);
    }

    private SpooledBlob blob(byte[] bytes, String name) throws IOException {
        Path file = Files.write(Files.createTempFile(directory, "blob", ""), bytes);
        String sha256 = java.util.HexFormat.of().formatHex(digest(bytes));
        return SpooledBlob.kept(file, sha256, bytes.length, name, Instant.parse("2026-11-20T08:00:00Z"));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private Path results() {
        return directory.resolve("deep/er/results");
    }

    private String chain() throws IOException {
        return filesIn(results()).stream().filter(name -> name.endsWith(".jsonl")).findFirst().orElseThrow();
    }

    private static List<String> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Everything but the spooled blobs and what is under the root. */
    private List<Path> outside() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(path -> !path.startsWith(results()) && !path.getFileName().toString().startsWith("blob"))
                    .filter(path -> !results().startsWith(path)).sorted().toList();
        }
    }

    private static String schemaText() throws IOException {
        try (InputStream in = Result.class.getResourceAsStream("/io/liveresponse/result.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaText());
    }
}
