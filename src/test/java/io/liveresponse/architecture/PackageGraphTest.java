package io.liveresponse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The graph in ARCHITECTURE.md is the one of the code. {@code mvn test -Dtest=PackageGraphTest -Dupdate} writes it. */
class PackageGraphTest {

    private static final Path PAGE = Path.of("ARCHITECTURE.md");
    private static final String BEGIN = "<!-- generated: packages -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void architecture_md_draws_the_packages_as_they_use_each_other() throws IOException {
        String page = Files.readString(PAGE);
        String drawn = page.substring(0, page.indexOf(BEGIN)) + BEGIN + graph() + page.substring(page.indexOf(END));
        if (System.getProperty("update") != null) {
            Files.writeString(PAGE, drawn);
        }

        assertThat(Files.readString(PAGE)).as("ARCHITECTURE.md; write it with mvn test -Dtest=PackageGraphTest -Dupdate").isEqualTo(drawn);
    }

    private static String graph() {
        StringBuilder graph = new StringBuilder("```mermaid\ngraph BT\n");
        withoutDetours(ProductClasses.arrows()).forEach((from, used) -> {
            if (used.isEmpty()) {
                graph.append("  ").append(from).append('\n');
            }
            used.forEach(to -> graph.append("  ").append(from).append(" --> ").append(to).append('\n'));
        });
        return graph.append("```\n").toString();
    }

    /** Leaves out an arrow where a longer way leads to the same package: with all of them nobody sees the layers. */
    private static SortedMap<String, SortedSet<String>> withoutDetours(SortedMap<String, SortedSet<String>> arrows) {
        SortedMap<String, SortedSet<String>> shown = new TreeMap<>();
        arrows.forEach((from, used) -> {
            SortedSet<String> direct = new TreeSet<>(used);
            used.forEach(over -> direct.removeAll(reachable(over, arrows)));
            shown.put(from, direct);
        });
        return shown;
    }

    private static SortedSet<String> reachable(String from, SortedMap<String, SortedSet<String>> arrows) {
        SortedSet<String> found = new TreeSet<>();
        for (String next : arrows.getOrDefault(from, new TreeSet<>())) {
            found.add(next);
            found.addAll(reachable(next, arrows));
        }
        return found;
    }
}
