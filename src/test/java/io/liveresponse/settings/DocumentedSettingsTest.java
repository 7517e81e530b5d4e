package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each block of settings on the pages, as somebody would paste it below their tenant's. */
class DocumentedSettingsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```\\n((?: *live-response\\.[^\\n]*\\n)+) *```$");
    private static final String TENANT = """
            live-response.tenants=contoso
            live-response.tenant.contoso.tenant-id=6b1c9d1e-2f0a-4c53-9d52-3f6a0c2b7e10
            live-response.tenant.contoso.client-id=0f8e3c52-74d1-4f0b-b7a6-5a1f6d9be2c4
            live-response.tenant.contoso.client-secret={{env:SECRET}}
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"docs/ticket-systems.md, 5", "docs/mail.md, 1", "README.md, 1"})
    void lackNothingButTheFilesOfTheirSecrets(String page, int blocks) throws IOException {
        List<String> found = BLOCK.matcher(Files.readString(Path.of(page))).results().map(block -> block.group(1).stripIndent()).toList();

        assertThat(found).hasSizeGreaterThanOrEqualTo(blocks);
        for (String block : found) {
            Path file = Files.writeString(directory.resolve("application.properties"), block.contains("tenants=") ? block : TENANT + block);
            assertThat(new SettingsValidator(key -> null, null).validate(file)).as(block)
                    .allSatisfy(problem -> assertThat(problem.key()).as(problem.toString()).endsWith(Setting.FILE_SUFFIX));
        }
    }
}
