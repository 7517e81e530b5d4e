package io.liveresponse.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value in a route file with its line and the way that leads to it. Immutable once built. */
final class YamlValue {

    private final String file;
    private final YamlValue parent;
    private final String key;
    private final int line;
    private final Node node;
    private final List<YamlValue> children = new ArrayList<>();

    private YamlValue(String file, YamlValue parent, String key, int line, Node node) {
        this.file = file;
        this.parent = parent;
        this.key = key;
        this.line = line;
        this.node = node;
        if (isInsideItself()) {
            return;
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                Node name = tuple.getKeyNode();
                children.add(new YamlValue(file, this, name instanceof ScalarNode scalar ? scalar.getValue() : "?",
                        lineOf(name), tuple.getValueNode()));
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> children.add(new YamlValue(file, this, null, lineOf(item), item)));
        }
    }

    static YamlValue root(String file, Node node) {
        return new YamlValue(file, null, null, lineOf(node), node);
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** An anchor may hold its own alias. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isInsideItself() {
        for (YamlValue above = parent; above != null; above = above.parent) {
            if (above.node == node) {
                return true;
            }
        }
        return false;
    }

    String file() {
        return file;
    }

    /** The line of its key, or where it begins if it has none. */
    int line() {
        return line;
    }

    /** Null for an item of a list and for the whole file. */
    String key() {
        return key;
    }

    boolean hasKey(String name) {
        return name.equals(key);
    }

    /** Null for the whole file. */
    YamlValue parent() {
        return parent;
    }

    List<YamlValue> children() {
        return children;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    /** What YAML makes of a placeholder without quotes: a mapping whose key is a mapping. */
    boolean isUnquotedPlaceholder() {
        return node instanceof MappingNode mapping && mapping.getValue().size() == 1
                && mapping.getValue().get(0).getKeyNode() instanceof MappingNode;
    }

    Optional<YamlValue> get(String name) {
        return children.stream().filter(child -> child.hasKey(name)).findFirst();
    }

    /** The text of a scalar, as it is after YAML's own quoting and folding; empty for any other. */
    Optional<String> text() {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    Optional<String> text(String name) {
        return get(name).flatMap(YamlValue::text);
    }

    /** Itself and all beneath, in the file's order. */
    Stream<YamlValue> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(YamlValue::all));
    }

    /** Those above, the nearest first. */
    Stream<YamlValue> above() {
        return Stream.iterate(parent, above -> above != null, YamlValue::parent);
    }

    /** The text of an expression's value: {@code simple: x} and {@code simple: {expression: x}} mean the same. */
    Optional<YamlValue> expression() {
        return node instanceof ScalarNode ? Optional.of(this) : get("expression").filter(value -> value.text().isPresent());
    }

    JsonNode json() {
        if (isUnquotedPlaceholder()) {
            return JsonNodeFactory.instance.textNode("{{x}}");
        }
        if (node instanceof MappingNode) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            children.forEach(child -> object.set(child.key, child.json()));
            return object;
        }
        if (node instanceof SequenceNode) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            children.forEach(child -> array.add(child.json()));
            return array;
        }
        String text = text().orElse("");
        if (Tag.BOOL.equals(node.getTag())) {
            return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
        }
        if (Tag.INT.equals(node.getTag()) || Tag.FLOAT.equals(node.getTag())) {
            // the schema asks for no range, so the number itself is of no concern; .nan and .inf are YAML's alone
            return text.matches(".*\\d.*") ? JsonNodeFactory.instance.numberNode(0) : JsonNodeFactory.instance.textNode(text);
        }
        return Tag.NULL.equals(node.getTag()) ? JsonNodeFactory.instance.nullNode() : JsonNodeFactory.instance.textNode(text);
    }

    /** What a JSON pointer leads to, or the last that there is on its way. */
    YamlValue at(List<String> way) {
        if (way.isEmpty()) {
            return this;
        }
        String next = way.get(0);
        Optional<YamlValue> child = node instanceof SequenceNode
                ? Optional.of(children.get(Integer.parseInt(next)))
                : get(next);
        return child.map(value -> value.at(way.subList(1, way.size()))).orElse(this);
    }
}
