package io.liveresponse.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import io.liveresponse.settings.NearestName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Unknown and missing keys and values of the wrong form, by Camel's own schema. */
final class SchemaCheck implements RouteCheck {

    /** What says most about a place comes first. */
    private static final List<String> WEIGHT = List.of("additionalProperties", "enum", "type", "required");

    private final CamelSchema schema = new CamelSchema();

    @Override
    public void check(Routes routes, Findings findings) {
        routes.files().forEach(file -> check(file, findings));
    }

    private void check(YamlValue file, Findings findings) {
        // the schema asks for a list, but not of what
        file.children().stream().filter(item -> item.key() == null && (!item.isMapping() || item.children().isEmpty()))
                .forEach(item -> findings.report(item, Code.YAML_WRONG_VALUE,
                        "the item is no route or the like — write - route: and what belongs to it"));
        List<ValidationMessage> messages = new ArrayList<>(schema.validate(file.json()));
        messages.stream().filter(message -> !isAlternative(message)).forEach(message -> report(file, message, findings));
        // where none of several forms fits, the library says so about each; what goes deepest is meant
        messages.stream().filter(SchemaCheck::isAlternative)
                .filter(message -> messages.stream().noneMatch(other -> isBeneath(place(other), place(message))))
                .collect(Collectors.groupingBy(ValidationMessage::getInstanceLocation))
                .values().stream()
                .map(group -> group.stream().min(Comparator.comparingInt(SchemaCheck::weight)).orElseThrow())
                .forEach(message -> report(file, message, findings));
    }

    private static boolean isAlternative(ValidationMessage message) {
        String where = message.getSchemaLocation().toString();
        return where.contains("/oneOf") || where.contains("/anyOf") || where.contains("/not");
    }

    private static int weight(ValidationMessage message) {
        int at = WEIGHT.indexOf(message.getType());
        return at < 0 ? WEIGHT.size() : at;
    }

    private static List<String> place(ValidationMessage message) {
        List<String> way = way(message.getInstanceLocation());
        if (message.getType().equals("additionalProperties")) {
            way.add(message.getProperty());
        }
        return way;
    }

    private static boolean isBeneath(List<String> lower, List<String> upper) {
        return lower.size() > upper.size() && lower.subList(0, upper.size()).equals(upper);
    }

    private static List<String> way(JsonNodePath path) {
        List<String> way = new ArrayList<>();
        for (int i = 0; i < path.getNameCount(); i++) {
            way.add(path.getName(i));
        }
        return way;
    }

    private void report(YamlValue file, ValidationMessage message, Findings findings) {
        YamlValue at = file.at(place(message));
        String name = at.key() == null ? "this" : at.key();
        JsonNode rule = schema.at(message.getSchemaLocation().getFragment().toString());
        switch (message.getType()) {
            case "additionalProperties" -> findings.report(at, Code.YAML_UNKNOWN_KEY,
                    message.getProperty() + " is not known here" + instead(message.getProperty(), names(parent(message))));
            case "enum" -> findings.report(at, Code.YAML_WRONG_VALUE, name + " takes one of " + join(rule) + " — write one of them");
            case "type" -> findings.report(at, Code.YAML_WRONG_VALUE,
                    name + " wants " + article(rule.asText()) + " — give one, or a placeholder that comes to one");
            case "required" -> reportMissing(at, name, message, findings);
            default -> findings.report(at, Code.YAML_WRONG_VALUE,
                    name + " does not have the form that Camel's schema wants — compare it with a step of the same kind");
        }
    }

    /** Of alternatives each is missing; where a key is there that none of them knows, that one is the mistake. */
    private void reportMissing(YamlValue at, String name, ValidationMessage message, Findings findings) {
        if (!isAlternative(message)) {
            findings.report(at, Code.YAML_MISSING_KEY, name + " has no " + message.getProperty() + " — add it");
            return;
        }
        Set<String> known = names(message.getSchemaLocation().getFragment().toString().replaceFirst("/(?:oneOf|anyOf).*", ""));
        List<YamlValue> unknown = at.children().stream().filter(child -> child.key() != null && !known.contains(child.key())).toList();
        if (unknown.isEmpty()) {
            findings.report(at, Code.YAML_MISSING_KEY, name + " has no expression, or no other key of which it wants one — add it");
        }
        unknown.forEach(
                child -> findings.report(child, Code.YAML_UNKNOWN_KEY, child.key() + " is not known here" + instead(child.key(), known)));
    }

    private static String parent(ValidationMessage message) {
        String pointer = message.getSchemaLocation().getFragment().toString();
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    private Set<String> names(String definition) {
        Set<String> names = new TreeSet<>();
        schema.at(definition + "/properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String instead(String name, Set<String> known) {
        return known.isEmpty() ? " — delete it" : " — did you mean " + NearestName.to(name, known) + "?";
    }

    private static String join(JsonNode names) {
        List<String> texts = new ArrayList<>();
        names.forEach(name -> texts.add(name.asText()));
        return String.join(", ", texts);
    }

    private static String article(String type) {
        return switch (type) {
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "keys of its own";
            case "string" -> "a text";
            default -> "a " + type;
        };
    }
}
