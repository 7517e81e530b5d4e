package io.liveresponse.rows;

import io.liveresponse.rows.RowRuleProblem.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The YAML of one rule file with its lines; collects what is wrong with it. Not thread-safe. */
final class RuleYaml {

    private final String file;
    private final List<RowRuleProblem> problems = new ArrayList<>();

    RuleYaml(String file) {
        this.file = file;
    }

    List<RowRuleProblem> problems() {
        return problems;
    }

    void report(int line, Code code, String message) {
        problems.add(new RowRuleProblem(file, line, code, message));
    }

    /** Empty, and reported, if the text is not a mapping. */
    Optional<Map<String, Entry>> read(String text) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isPresent() && root.get() instanceof MappingNode mapping) {
                return Optional.of(entries(mapping));
            }
            report(1, Code.ROW_RULE_SYNTAX, "the file holds no mapping — begin with script:, format: and columns:");
        } catch (MarkedYamlEngineException e) {
            report(e.getProblemMark().map(Mark::getLine).orElse(0) + 1, Code.ROW_RULE_SYNTAX, "the file is not YAML (" + e.getProblem()
                    + ") — check quotes and indentation of this line");
        } catch (YamlEngineException e) {
            report(1, Code.ROW_RULE_SYNTAX, "the file is not YAML — save it as UTF-8 without control characters");
        }
        return Optional.empty();
    }

    /** Reports keys that come twice; the last counts. */
    Map<String, Entry> entries(MappingNode mapping) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (entries.put(key, new Entry(lineOf(tuple.getKeyNode()), tuple.getValueNode())) != null) {
                report(lineOf(tuple.getKeyNode()), Code.ROW_RULE_SYNTAX, "\"" + key + "\" comes twice — remove one");
            }
        }
        return entries;
    }

    void onlyKeys(Map<String, Entry> entries, Set<String> known, String of) {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                report(entry.line(), Code.ROW_RULE_UNKNOWN_KEY, "\"" + key + "\" is unknown in " + of + " — use "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    /** The text of a scalar; empty if the key is missing, and reported if it is something else. */
    Optional<String> text(Map<String, Entry> entries, String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.node() instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        report(entry.line(), Code.ROW_RULE_WRONG_VALUE, "\"" + key + "\" is not text — give one value");
        return Optional.empty();
    }

    /** One text, or a list of texts. */
    List<String> texts(Map<String, Entry> entries, String key) {
        Entry entry = entries.get(key);
        if (entry != null && entry.node() instanceof SequenceNode sequence
                && sequence.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            return sequence.getValue().stream().map(node -> ((ScalarNode) node).getValue()).toList();
        }
        return text(entries, key).stream().toList();
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    /** A key's value, and the line of the key from 1. */
    record Entry(int line, Node node) {
    }
}
