package io.liveresponse.validate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Turns a file's text into values with lines, and finds what YAML itself has to say against it. */
final class RouteReader {

    private RouteReader() {
    }

    /** Empty where the file is no YAML. */
    static Optional<YamlValue> read(RouteSource source, Findings findings) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(source.name()).setUseMarks(true).build();
            Optional<YamlValue> root = new Compose(settings).composeString(source.text())
                    .map(node -> YamlValue.root(source.name(), node));
            if (root.isEmpty()) {
                findings.report(source.name(), 1, Code.YAML_SYNTAX, "the file is empty — write a route, or delete the file");
            }
            root.ifPresent(value -> value.all().forEach(each -> duplicates(each, findings)));
            return root;
        } catch (MarkedYamlEngineException e) {
            report(source, e, findings);
        } catch (YamlEngineException e) {
            // its message may quote the text
            findings.report(source.name(), 1, Code.YAML_SYNTAX,
                    "the file holds a character that YAML does not allow — save it as UTF-8 without control characters");
        }
        return Optional.empty();
    }

    private static void report(RouteSource source, MarkedYamlEngineException e, Findings findings) {
        int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
        String[] lines = source.text().split("\r\n|\r|\n", -1);
        Optional<Integer> tab = IntStream.range(0, Math.min(line, lines.length)).boxed()
                .filter(i -> lines[i].matches(" *\t.*\\S.*")).findFirst();
        if (tab.isPresent()) {
            findings.report(source.name(), tab.get() + 1, Code.YAML_TAB, "the line is indented by a tab — use blanks");
        } else {
            // getMessage() would quote the line
            findings.report(source.name(), line, Code.YAML_SYNTAX,
                    "not YAML: " + e.getProblem() + " — look at indentation, quotes and colons here and just above");
        }
    }

    private static void duplicates(YamlValue value, Findings findings) {
        if (!value.isMapping()) {
            return;
        }
        Map<String, Integer> lines = new HashMap<>();
        for (YamlValue child : value.children()) {
            Integer earlier = lines.putIfAbsent(child.key(), child.line());
            if (earlier != null) {
                findings.report(child, Code.YAML_DUPLICATE_KEY,
                        child.key() + " stands on line " + earlier + " already — delete one of them");
            }
        }
    }
}
