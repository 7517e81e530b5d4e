package io.liveresponse.validate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Turns a file's text into values with lines, and finds what YAML itself has to say against it. */
final class RouteReader {

    private RouteReader() {
    }

    /** Empty if the file is no YAML. */
    static Optional<YamlValue> read(RouteSource source, Findings findings) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(source.name()).setUseMarks(true).setAllowNonScalarKeys(true).build();
            Optional<YamlValue> root = new Compose(settings).composeString(source.text())
                    .map(node -> YamlValue.root(source.name(), node));
            if (root.isEmpty()) {
                findings.report(source.name(), 1, Code.YAML_SYNTAX, "the file is empty — write a route, or delete the file");
            }
            root.ifPresent(value -> value.all().forEach(each -> check(each, findings)));
            return root;
        } catch (MarkedYamlEngineException e) {
            report(source, e, findings);
        } catch (ReaderException e) {
            int line = (int) source.text().codePoints().limit(e.getPosition()).filter(character -> character == '\n').count() + 1;
            findings.report(source.name(), line, Code.YAML_SYNTAX,
                    "the line holds a character that YAML does not allow — save the file as UTF-8 without control characters");
        } catch (YamlEngineException e) {
            // its message may quote the text
            findings.report(source.name(), 1, Code.YAML_SYNTAX, "the file is too large or too deep for YAML — split it");
        }
        return Optional.empty();
    }

    private static void report(RouteSource source, MarkedYamlEngineException e, Findings findings) {
        int line = lineOf(e.getProblemMark());
        String[] lines = source.text().split("\r\n|\r|\n", -1);
        Optional<Integer> tab = IntStream.range(0, Math.min(line, lines.length)).boxed()
                .filter(i -> lines[i].matches(" *\t.*\\S.*")).findFirst();
        if (tab.isPresent()) {
            findings.report(source.name(), tab.get() + 1, Code.YAML_TAB, "the line is indented by a tab — use blanks");
            return;
        }
        Optional<Integer> quote = openQuote(source.text(), line);
        if (quote.isPresent()) {
            findings.report(source.name(), quote.get(), Code.YAML_SYNTAX,
                    "the quote that begins here ends on line " + line + " only — close it, or leave it out");
        } else {
            // getMessage() would quote the line
            findings.report(source.name(), line, Code.YAML_SYNTAX,
                    "not YAML: " + e.getProblem() + " — look at indentation, quotes and colons here and just above");
        }
    }

    /** The line of a quote that swallowed others on its way to the line where YAML gave up. */
    private static Optional<Integer> openQuote(String text, int line) {
        int found = 0;
        try {
            for (Event event : new Parse(LoadSettings.builder().setUseMarks(true).build()).parseString(text)) {
                if (event instanceof ScalarEvent scalar && !scalar.isPlain() && !scalar.isLiteral() && !scalar.isFolded()) {
                    int begin = lineOf(scalar.getStartMark());
                    found = begin < line && lineOf(scalar.getEndMark()) == line ? begin : 0;
                }
            }
        } catch (MarkedYamlEngineException e) {
            // the same one again; it begins in the quote itself where that never ends
            boolean endless = e.getContext() != null && e.getContext().contains("quoted scalar");
            return endless ? Optional.of(lineOf(e.getContextMark())) : Optional.of(found).filter(begin -> begin > 0);
        }
        return Optional.empty();
    }

    private static int lineOf(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static void check(YamlValue value, Findings findings) {
        if (value.isUnquotedPlaceholder()) {
            findings.report(value, Code.YAML_WRONG_VALUE,
                    (value.key() == null ? "this" : value.key()) + " holds a placeholder without quotes — write \"{{…}}\"");
        }
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
