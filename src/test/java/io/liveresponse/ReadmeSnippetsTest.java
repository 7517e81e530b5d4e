package io.liveresponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README and the pages about sinks and embedding show is the code of a project that is built and run. {@code -Dlive-response.rewrite=true} writes it anew. */
class ReadmeSnippetsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/adding-a-sink.md", "docs/embedding.md"})
    void eachSnippetOfAPageIsTheRegionThatItNames(Path page) throws IOException {
        String written = Files.readString(page);
        String included = Snippets.in(Path.of(".")).included(written);
        if (Boolean.getBoolean("live-response.rewrite") && !included.equals(written)) {
            Files.writeString(page, included);
        }
        assertThat(page).content().isEqualTo(included);
    }

    @Test
    void withoutATagTheWholeFileIsTaken() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), "- route:\n    id: a\n");

        assertThat(Snippets.in(directory).included("<!-- include: a.yaml -->\n```yaml\n```\n"))
                .isEqualTo("<!-- include: a.yaml -->\n```yaml\n- route:\n    id: a\n```\n");
    }

    @Test
    void aRegionIsTakenWithoutItsTagsAndItsIndentation() throws IOException {
        Files.writeString(directory.resolve("Host.java"), """
                class Host {
                    // tag::embed[]
                    void run() {
                        start();
                    }

                    // end::embed[]
                }
                """);

        assertThat(Snippets.in(directory).included("""
                Text
                <!-- include: Host.java#embed -->
                ```java
                old
                ```
                More
                """)).isEqualTo("""
                Text
                <!-- include: Host.java#embed -->
                ```java
                void run() {
                    start();
                }
                ```
                More
                """);
    }

    @Test
    void tagsStandInCommentsOfYamlAndXmlToo() throws IOException {
        Files.writeString(directory.resolve("a.yml"), "x: 1\n# tag::embed[]\ny: $1\n# end::embed[]\n");
        Files.writeString(directory.resolve("b.xml"), "<a>\n  <!-- tag::embed[] -->\n  <b/>\n  <!-- end::embed[] -->\n</a>\n");

        assertThat(Snippets.in(directory)
                .included("<!-- include: a.yml#embed -->\n```yaml\n```\n\n<!-- include: b.xml#embed -->\n```xml\n```\n"))
                .isEqualTo("<!-- include: a.yml#embed -->\n```yaml\ny: $1\n```\n\n<!-- include: b.xml#embed -->\n```xml\n<b/>\n```\n");
    }

    @Test
    void aRegionThatIsNotThereIsNamed() throws IOException {
        Files.writeString(directory.resolve("a.yml"), "x: 1\n");

        assertThatThrownBy(() -> Snippets.in(directory).included("<!-- include: a.yml#embed -->\n```yaml\n```\n"))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("a.yml has no region embed");
    }

    @Test
    void aMarkerWithoutABlockIsNamed() {
        assertThatThrownBy(() -> Snippets.in(directory).included("<!-- include: a.yml#embed -->\nno block\n"))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("no fenced block follows <!-- include: a.yml#embed -->");
    }
}
