package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredTemplatesTest {

    @TempDir
    private Path directory;

    @Test
    void the_first_directory_that_has_the_template_wins_over_the_jar() throws IOException {
        Path first = write(directory.resolve("first/live-response/mail.txt"), "first").getParent().getParent();
        Path second = write(directory.resolve("second/live-response/mail.txt"), "second").getParent().getParent();
        write(second.resolve("live-response/ticket.txt"), "second's ticket");
        ClassLoader loader = new ConfiguredTemplates(List.of(first, second));

        assertThat(loader.getResourceAsStream("live-response/mail.txt")).hasContent("first");
        assertThat(loader.getResourceAsStream("live-response/ticket.txt")).hasContent("second's ticket");
        assertThat(loader.getResource("live-response/result.txt")).isEqualTo(getClass().getResource("/live-response/result.txt"));
    }

    @Test
    void nothing_but_templates_is_taken_from_a_directory() throws IOException {
        write(directory.resolve("application.properties"), "x=1");
        write(directory.resolve("live-response/mail.txt"), "mine");
        ClassLoader loader = new ConfiguredTemplates(List.of(directory.resolve("live-response"), directory));

        assertThat(loader.getResource("application.properties")).isNull();
        assertThat(loader.getResource("live-response/../application.properties")).isNull();
    }

    @Test
    void the_service_reads_the_templates_beside_its_settings_file() throws Exception {
        Path settings = write(directory.resolve("application.properties"), "live-response.tenants=\n");
        write(directory.resolve("live-response/ticket.txt"), "our ticket");
        Main main = Service.create("file:" + settings, "false", Map.of("live-response.worker.enabled", "false"));
        main.init();
        try {
            assertThat(ResourceHelper.resolveMandatoryResourceAsInputStream(main.getCamelContext(), "classpath:live-response/ticket.txt"))
                    .hasContent("our ticket");
        } finally {
            main.shutdown();
        }
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
