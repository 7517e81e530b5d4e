package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Ordered;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveResponseDefaultsTest {

    private static final String KEY = "live-response.quota.per-minute";
    private static final String PLACEHOLDER = "{{" + KEY + "}}";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();

    @AfterEach
    void stop() {
        context.stop();
        System.clearProperty(KEY);
    }

    @Test
    void everyDeclaredDefaultIsGiven() {
        start();

        assertThat(SettingCatalog.all()).filteredOn(setting -> setting.defaultValue() != null)
                .hasSizeGreaterThan(20)
                .allSatisfy(setting -> assertThat(context.resolvePropertyPlaceholders("{{" + setting.keyFor("contoso") + "}}"))
                        .isEqualTo(setting.defaultValue().replace("{{live-response.data-directory}}", "data")));
    }

    @Test
    void whatIsNotDeclaredOrHasNoDefaultStaysUnknown() {
        start();

        assertThat(context.resolvePropertyPlaceholders("{{live-response.nothing:inline}}")).isEqualTo("inline");
        assertThat(context.resolvePropertyPlaceholders("{{live-response.deliver.email.to:inline}}")).isEqualTo("inline");
        assertThatThrownBy(() -> context.resolvePropertyPlaceholders("{{live-response.tenants}}"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("live-response.tenants");
    }

    @Test
    void aDefaultFollowsTheSettingThatItNames() {
        properties.addInitialProperty("live-response.data-directory", "/srv/lrr");
        start();

        assertThat(context.resolvePropertyPlaceholders("file:{{live-response.intake.inbox.directory}}")).isEqualTo("file:/srv/lrr/inbox");
        assertThat(context.resolvePropertyPlaceholders("{{live-response.deliver.file.directory}}")).isEqualTo("/srv/lrr/results");
        assertThat(Settings.of(context).path("live-response.deliver.file.directory")).isEqualTo(Path.of("/srv/lrr/results"));
    }

    @Test
    void aHostsInitialPropertyWins() {
        properties.addInitialProperty(KEY, "7");
        start();

        assertThat(context.resolvePropertyPlaceholders(PLACEHOLDER)).isEqualTo("7");
    }

    @Test
    void aHostsOverrideWins() {
        properties.addOverrideProperty(KEY, "7");
        start();

        assertThat(context.resolvePropertyPlaceholders(PLACEHOLDER)).isEqualTo("7");
    }

    @Test
    void aHostsLocationWins(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("host.properties"), KEY + "=7\nlive-response.data-directory=elsewhere\n");
        properties.setLocation("file:" + file);
        start();

        assertThat(context.resolvePropertyPlaceholders(PLACEHOLDER)).isEqualTo("7");
        assertThat(context.resolvePropertyPlaceholders("{{live-response.intake.inbox.directory}}")).isEqualTo("elsewhere/inbox");
    }

    @Test
    void aHostsSourceWinsWithWhateverOrderAndWheneverAdded() {
        start();
        properties.addPropertiesSource(new LastSource());

        assertThat(context.resolvePropertyPlaceholders(PLACEHOLDER)).isEqualTo("7");
    }

    @Test
    void theLookUpOfAHostsOwnRuntimeWins() {
        // Spring Boot answers here, after all sources
        properties.setPropertiesParser(new DefaultPropertiesParser(properties) {
            @Override
            public String customLookup(String key) {
                return KEY.equals(key) ? "7" : null;
            }
        });
        start();

        assertThat(context.resolvePropertyPlaceholders(PLACEHOLDER)).isEqualTo("7");
        assertThat(context.resolvePropertyPlaceholders("{{live-response.quota.per-hour}}")).isEqualTo("1500");
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aSystemPropertyWinsInEitherMode(int mode) {
        properties.setSystemPropertiesMode(mode);
        System.setProperty(KEY, "7");
        start();

        assertThat(context.resolvePropertyPlaceholders(PLACEHOLDER)).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({"1, 7 /srv/inbox", "2, 7 /srv/inbox", "0, 100 data/inbox"})
    void anEnvironmentVariableWinsWhereItIsLookedAt(String mode, String expected) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), InAnotherProcess.class.getName(),
                mode);
        builder.environment().putAll(Map.of("LIVE_RESPONSE_QUOTA_PER_MINUTE", "7", "LIVE_RESPONSE_DATA_DIRECTORY", "/srv"));
        Process process = builder.redirectErrorStream(true).start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines()).contains(expected);
    }

    @Test
    void aHostsValueThatCannotBeResolvedIsAnErrorAndNotTheDefault() {
        properties.addInitialProperty(KEY, "{{env:NO_SUCH_VARIABLE_HERE}}");
        start();

        assertThatThrownBy(() -> context.resolvePropertyPlaceholders(PLACEHOLDER)).hasMessageContaining("NO_SUCH_VARIABLE_HERE");
        assertThatThrownBy(() -> Settings.of(context).integer(KEY)).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(KEY + " holds a placeholder that cannot be resolved");
    }

    @Test
    void aHostThatIgnoresMissingPropertiesGetsTheDefaults() {
        properties.setIgnoreMissingProperty(true);
        start();

        assertThat(context.resolvePropertyPlaceholders(PLACEHOLDER)).isEqualTo("100");
    }

    @Test
    void localPropertiesOfATemplateWin() {
        start();
        Properties local = new Properties();
        local.setProperty(KEY, "7");
        properties.setLocalProperties(local);

        assertThat(context.resolvePropertyPlaceholders(PLACEHOLDER)).isEqualTo("7");
        properties.setLocalProperties(null);
        assertThat(context.resolvePropertyPlaceholders(PLACEHOLDER)).isEqualTo("100");
    }

    private void start() {
        context.start();
    }

    /** Asked after every other, ours included. */
    private static final class LastSource implements PropertiesSource, Ordered {

        @Override
        public String getName() {
            return "host";
        }

        @Override
        public String getProperty(String name) {
            return KEY.equals(name) ? "7" : null;
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST;
        }
    }

    /** Prints what a context in a process with its own environment makes of two placeholders. */
    static final class InAnotherProcess {

        public static void main(String[] args) {
            DefaultCamelContext context = new DefaultCamelContext();
            PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
            properties.setEnvironmentVariableMode(Integer.parseInt(args[0]));
            context.start();
            System.out.println(context.resolvePropertyPlaceholders(PLACEHOLDER + " {{live-response.intake.inbox.directory}}"));
            context.stop();
        }
    }
}
