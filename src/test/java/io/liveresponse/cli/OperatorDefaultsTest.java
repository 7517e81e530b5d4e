package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.junit.jupiter.api.Test;
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
}
