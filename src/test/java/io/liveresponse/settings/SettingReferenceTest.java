package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingReferenceTest {

    private static final Path CONFIG = Path.of("config");
    private static final String REWRITE = "live-response.rewrite";

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(CONFIG.resolve("application.properties"), SettingReference.properties()),
                Arguments.of(Path.of("docs/settings.md"), SettingReference.page()),
                Arguments.of(CONFIG.resolve("settings.schema.json"), SettingReference.schema()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void the_generated_files_match_the_declaration(Path file, String rendered) throws IOException {
        if (Boolean.getBoolean(REWRITE)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, rendered);
        }

        assertThat(file).as("rewrite it with: mvn test -Dtest=SettingReferenceTest -D%s=true", REWRITE)
                .content().isEqualTo(rendered);
    }

    @Test
    void theSampleFileIsSoundAsItIs(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("application.properties"), SettingReference.properties());

        assertThat(new SettingsValidator(key -> null, null).validate(file)).isEmpty();
    }

    @Test
    void camelStartsWithTheSampleFileBeforeItsTenantIsFilledIn(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("application.properties"), SettingReference.properties());
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + file);
        main.addOverrideProperty("camel.management.enabled", "false");
        main.configure().withRoutesIncludePattern("classpath:no-routes/*.yaml");
        try {
            main.start();

            assertThat(main.getCamelContext().getName()).isEqualTo("live-response");
            assertThat(main.getCamelContext().resolvePropertyPlaceholders("{{live-response.quota.per-minute}}")).isEqualTo("100");
            assertThat(new SettingsValidator(key -> null, null).resolving(main.getCamelContext()::resolvePropertyPlaceholders)
                    .validate(file)).extracting(SettingProblem::key).containsExactly("live-response.tenant.contoso.tenant-id",
                            "live-response.tenant.contoso.client-id", "live-response.tenant.contoso.client-secret");
        } finally {
            main.stop();
        }
    }

    @Test
    void theSampleFileIsPlainAsciiSoThatEveryReaderAgreesOnIt() {
        assertThat(SettingReference.properties()).isASCII();
    }

    @Test
    void everySettingStandsInTheSampleFileAndEachMayBeTakenIntoUse(@TempDir Path directory) throws IOException {
        String all = SettingReference.properties().replaceAll("(?m)^#(live-response\\.)", "$1");
        Path file = Files.writeString(directory.resolve("all.properties"), all);

        Set<String> keys = PropertiesLines.read(all).stream().map(PropertiesLines.Entry::key).collect(Collectors.toSet());

        assertThat(keys).containsAll(SettingCatalog.all().stream()
                .map(setting -> setting.keyFor(SettingReference.SAMPLE_TENANT)).toList());
        assertThat(new SettingsValidator(key -> null, null).validate(file)).isEmpty();
    }

    @Test
    void everySettingStandsOnThePage() {
        assertThat(SettingCatalog.all()).allSatisfy(
                setting -> assertThat(SettingReference.page()).contains("| `" + setting.name() + "` |").contains(setting.description()));
    }

    @Test
    void theSchemaIsASchemaAndTakesTheSampleFile() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(SettingReference.schema());

        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema")).validate(schema)).isEmpty();
        assertThat(refused(sample())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "live-response.quota.per-minute, lots", "live-response.qouta.per-minute, 7", "live-response.tenant.contoso.cloud, mars",
            "live-response.tenant.contoso.colud, gcc", "live-response.tenant.contoso.api-url, https://api.example.org/api",
            "live-response.quota.minute-period, 10sec", "live-response.intake.inbox.enabled, yes", "live-response.quota.per-hour, ''",
            "live-response.link.allowed-schemes, 'https,ftp'", "live-response.tenants, 'a b'",
    })
    void theSchemaRefusesWhatTheValidatorRefuses(String key, String value) {
        Map<String, String> settings = sample();
        settings.put(key, value);

        assertThat(refused(settings)).isNotEmpty();
        assertThat(new SettingsValidator(name -> null, null).validate(settings)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "live-response.tenant.contoso.client-secret-file, /run/secrets/contoso", "live-response.quota.per-hour, {{env:PER_HOUR}}",
            "live-response.link.allowed-schemes, 'https, http'", "camel.main.name, x", "live-response.deliver.email.to, ''",
    })
    void theSchemaTakesWhatIsSound(String key, String value) {
        Map<String, String> settings = sample();
        settings.put(key, value);

        assertThat(refused(settings)).isEmpty();
    }

    private static Set<?> refused(Map<String, String> settings) {
        ObjectMapper mapper = new ObjectMapper();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SettingReference.schema())
                .validate(mapper.valueToTree(settings));
    }

    private static Map<String, String> sample() {
        return PropertiesLines.read(SettingReference.properties()).stream()
                .collect(Collectors.toMap(PropertiesLines.Entry::key, PropertiesLines.Entry::value, (one, other) -> other, TreeMap::new));
    }
}
