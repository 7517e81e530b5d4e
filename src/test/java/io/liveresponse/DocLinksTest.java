package io.liveresponse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocLinksTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:|#)([^)#\\s]+)");

    @Test
    void every_link_between_the_pages_leads_to_a_file() throws IOException {
        List<Path> pages;
        try (Stream<Path> top = Files.list(Path.of(".")); Stream<Path> docs = Files.walk(Path.of("docs"))) {
            pages = Stream.concat(Stream.concat(top, docs), Stream.of(Path.of("routes/README.md")))
                    .filter(page -> page.toString().endsWith(".md")).toList();
        }
        assertThat(pages).hasSizeGreaterThan(15).allSatisfy(page -> assertThat(LINK.matcher(Files.readString(page)).results()
                .map(link -> page.resolveSibling(link.group(1)))).allSatisfy(target -> assertThat(target).exists()));
    }
}
