package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator has without having set it. */
class OperatorDefaultsTest {

    private static Level level(String logger) {
        Configuration configuration = ConfigurationFactory.getInstance()
                .getConfiguration(new LoggerContext("shipped"), "shipped", Path.of("config", "log4j2.xml").toUri());
        configuration.initialize();
        return configuration.getLoggerConfig(logger).getLevel();
    }

    @Test
    void healthAndMetricsAreForThisMachineOnly() {
        assertThat(Service.create(null, "none", Map.of()).getInitialProperties().getProperty("camel.management.host"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void whatIsDegradedIsToldThoughReadinessIsUp() {
        assertThat(Service.create(null, "none", Map.of()).getInitialProperties().getProperty("camel.health.exposure-level"))
                .isEqualTo("full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.azure.core.credential.SimpleTokenCache", "com.azure.identity.ClientSecretCredential",
            "com.microsoft.aad.msal4j.ConfidentialClientApplication", "com.azure.core.http.policy.RetryPolicy"})
    void aRefusedTokenIsToldByTheBundleAlone(String logger) {
        assertThat(level(logger)).isEqualTo(Level.OFF);
    }

    @Test
    void anAddressThatTheServerDoesNotListenOnIsNotTold() {
        assertThat(level("org.apache.camel.component.platform.http.main.MainHttpServerUtil")).isEqualTo(Level.WARN);
    }

    @Test
    void a_secret_that_is_written_out_is_told_by_validate_once_and_at_no_start(@TempDir Path directory) throws Exception {
        String config = CommandLineRun.config(directory, Map.of("live-response.tenants", "contoso",
                "live-response.tenant.contoso.tenant-id", "11111111-1111-4111-8111-111111111111",
                "live-response.tenant.contoso.client-id", "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
                "live-response.tenant.contoso.client-secret", "written~out", "live-response.no-such-setting", "x")).toString();

        CommandLineRun validate = CommandLineRun.of("validate", "--config", config);
        CommandLineRun run = CommandLineRun.of("run", "--config", config);

        assertThat((validate.out() + validate.err()).lines().filter(line -> line.contains("SETTING_SECRET_LITERAL"))).singleElement()
                .asString().contains("live-response.tenant.contoso.client-secret", "client-secret-file").doesNotContain("written~out");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains("SETTING_UNKNOWN live-response.no-such-setting");
    }
}
