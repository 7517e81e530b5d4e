package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.util.IOHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docker/} sets, held against what there is to set. */
class ContainerFilesTest {

    private static final Pattern VARIABLE = Pattern.compile("(?m)^\\s*(LIVE_RESPONSE_\\w+)[:=]");

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/workload-identity"})
    void theSettingsOfThePodsLackNothingButTheClustersSecrets(String directory) throws IOException {
        Path file = Path.of("docker/kubernetes", directory, "application.properties");

        assertThat(new SettingsValidator(key -> null, null).validate(file))
                .allSatisfy(problem -> assertThat(problem.key()).as(problem.toString()).endsWith(Setting.FILE_SUFFIX));
        assertThat(Files.readAllLines(file)).as("the probes need it").contains("camel.management.enabled=true",
                "camel.management.port=8778");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "everything.env"})
    void theVariablesOfTheComposeFileAreSettings(String file) throws IOException {
        List<String> known = SettingCatalog.keys(List.of("contoso")).stream().map(IOHelper::normalizeEnvironmentVariable).toList();

        assertThat(VARIABLE.matcher(Files.readString(Path.of("docker", file))).results().map(MatchResult::group).map(String::strip)
                .map(name -> name.substring(0, name.length() - 1)).toList()).hasSizeGreaterThan(2).isSubsetOf(known);
    }

    @Test
    void the_container_is_healthy_by_liveness_since_no_restart_ends_an_outage() throws IOException {
        String health = Files.readString(Path.of("docker/Dockerfile")).lines().dropWhile(line -> !line.startsWith("HEALTHCHECK"))
                .limit(2).collect(Collectors.joining());

        assertThat(health).contains("/observe/health/live").doesNotContain("/ready");
    }

    @Test
    void theComposeFileAsksForTheManagementServerThatItChecks() throws IOException {
        assertThat(Path.of("docker/compose.yaml")).content().contains("CAMEL_MANAGEMENT_ENABLED: \"true\"", "8778:8778");
    }
}
