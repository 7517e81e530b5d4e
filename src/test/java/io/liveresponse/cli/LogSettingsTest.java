package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSettingsTest {

    @TempDir
    private Path directory;

    private Map<String, String> read(String settings, String... arguments) throws IOException {
        Path file = Files.writeString(directory.resolve("x.properties"), settings);
        String[] given = arguments.length > 0 ? arguments : new String[]{"run", "--config", file.toString()};
        return LogSettings.of(given, new Main.Home(directory));
    }

    @Test
    void level_and_format_of_the_settings_file_become_those_of_the_log() throws IOException {
        assertThat(read("live-response.log.level=debug\nlive-response.log.format = json\n"))
                .isEqualTo(Map.of("live-response.log-level", "DEBUG", "live-response.log-format", "json"));
        assertThat(read("live-response.log.format=json\n", "run", "--config=" + directory.resolve("x.properties")))
                .isEqualTo(Map.of("live-response.log-format", "json"));
    }

    @Test
    void what_cannot_be_a_level_or_is_not_there_is_left_to_the_validator() throws IOException {
        assertThat(read("live-response.log.level=${jndi:x}\n")).isEmpty();
        assertThat(read("", "run", "--config", "missing.properties")).isEmpty();
    }

    /** What the shipped log makes of an event, set up with these system properties. */
    private static String line(Map<String, String> properties, LogEvent event) {
        return withShipped(properties, log -> log.getAppender("console").getLayout().toSerializable(event).toString());
    }

    private static <T> T withShipped(Map<String, String> properties, Function<Configuration, T> work) {
        properties.forEach(System::setProperty);
        try {
            Configuration log = ConfigurationFactory.getInstance().getConfiguration(new LoggerContext("shipped"), "shipped",
                    Path.of("config", "log4j2.xml").toUri());
            log.initialize();
            return work.apply(log);
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    private static LogEvent event() {
        return Log4jLogEvent.newBuilder().setLoggerName("io.liveresponse.x").setLevel(Level.WARN).setThreadName("main")
                .setMessage(new SimpleMessage("a \"quoted\"\nsecond line")).setThrown(new IllegalStateException("because")).build();
    }

    @Test
    void in_the_format_json_each_event_is_one_object_on_one_line() throws Exception {
        String line = line(read("live-response.log.format=json\n"), event());

        assertThat(line.strip().lines()).hasSize(1);
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("level").asText()).isEqualTo("WARN");
        assertThat(json.path("logger").asText()).isEqualTo("io.liveresponse.x");
        assertThat(json.path("message").asText()).isEqualTo("a \"quoted\"\nsecond line");
        assertThat(json.path("exception").asText()).contains("IllegalStateException: because");
        assertThat(Instant.parse(json.path("time").asText())).isAfter(Instant.EPOCH);
    }

    @Test
    void without_a_format_a_line_begins_with_time_and_level_and_what_the_message_brings_along_is_indented() {
        assertThat(line(Map.of(), event()).lines()).first().asString()
                .matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z WARN  i\\.l\\.x - a \"quoted\"");
        assertThat(line(Map.of(), event()).lines()).element(1).isEqualTo("    second line");
    }

    @Test
    void the_level_of_the_settings_file_is_that_of_the_bundles_loggers() throws Exception {
        Level set = withShipped(read("live-response.log.level=debug\n"), log -> log.getLoggerConfig("io.liveresponse.x").getLevel());
        Level unset = withShipped(Map.of(), log -> log.getLoggerConfig("io.liveresponse.x").getLevel());

        assertThat(set).isEqualTo(Level.DEBUG);
        assertThat(unset).isEqualTo(Level.INFO);
    }
}
