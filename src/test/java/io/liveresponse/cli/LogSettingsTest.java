package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    @Test
    void the_log_has_both_forms() throws IOException {
        assertThat(Path.of("config/log4j2.xml")).content().contains("live-response.log-format", "live-response.log-level");
    }
}
