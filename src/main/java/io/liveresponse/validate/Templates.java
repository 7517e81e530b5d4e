package io.liveresponse.validate;

import io.liveresponse.settings.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Route templates and the templated routes that instantiate them. Immutable. */
final class Templates {

    /**
     * One instance of a template.
     *
     * @param at         the {@code templatedRoute}; the template itself if the files do not instantiate it
     * @param parameters the template's defaults, overridden by the templated route's values
     */
    record Instance(YamlValue at, Map<String, String> parameters) {

        /** The text with the placeholders of known parameters replaced; other placeholders stay. */
        String expand(String text) {
            return PARAMETER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(
                    parameters.getOrDefault(match.group(1), match.group())));
        }
    }

    private static final Pattern PARAMETER = Pattern.compile("\\{\\{\\s*[?!]?([\\w-]+)\\s*(?::[^{}]*)?\\}\\}");
    private static final String TEMPLATE = "routeTemplate";

    private final Map<String, YamlValue> templates = new HashMap<>();
    private final List<YamlValue> templated;

    Templates(List<YamlValue> files) {
        top(files, TEMPLATE).forEach(template -> template.text("id").ifPresent(id -> templates.putIfAbsent(id, template)));
        this.templated = top(files, "templatedRoute").toList();
    }

    private static Stream<YamlValue> top(List<YamlValue> files, String kind) {
        return files.stream().flatMap(file -> file.children().stream()).flatMap(item -> item.get(kind).stream());
    }

    /** The template that a value belongs to; empty outside of templates. */
    static Optional<YamlValue> templateOf(YamlValue value) {
        return Stream.concat(Stream.of(value), value.above()).filter(above -> above.hasKey(TEMPLATE)).findFirst();
    }

    /** The instances in which a value takes part: one without parameters outside of templates, none for a template without instances. */
    List<Instance> instancesFor(YamlValue value) {
        Optional<YamlValue> template = templateOf(value);
        if (template.isEmpty()) {
            return List.of(new Instance(value, Map.of()));
        }
        return template.get().text("id").stream().flatMap(id -> templated.stream()
                .filter(route -> route.text("routeTemplateRef").filter(id::equals).isPresent()))
                .map(route -> new Instance(route, parameters(template.get(), route))).toList();
    }

    private static Map<String, String> parameters(YamlValue template, YamlValue route) {
        Map<String, String> parameters = new HashMap<>();
        entries(template).forEach(entry -> entry.text("defaultValue")
                .ifPresent(value -> parameters.put(entry.text("name").orElse(""), value)));
        entries(route).forEach(entry -> entry.text("value").ifPresent(value -> parameters.put(entry.text("name").orElse(""), value)));
        return parameters;
    }

    private static Stream<YamlValue> entries(YamlValue owner) {
        return owner.get("parameters").stream().flatMap(parameters -> parameters.children().stream());
    }

    /** Whether a placeholder's name is a parameter or a bean of the template that the value belongs to. */
    static boolean isParameter(YamlValue value, String name) {
        return templateOf(value).filter(template -> Stream.concat(entries(template),
                template.get("beans").stream().flatMap(beans -> beans.children().stream()))
                .anyMatch(entry -> entry.text("name").filter(name::equals).isPresent())).isPresent();
    }

    /** Reports templated routes without a template, with unknown parameters or without required ones. */
    void check(Findings findings) {
        for (YamlValue route : templated) {
            Optional<YamlValue> reference = route.get("routeTemplateRef").filter(value -> value.text().isPresent());
            if (reference.isEmpty()) {
                continue;
            }
            YamlValue template = templates.get(reference.get().text().orElseThrow());
            if (template == null) {
                findings.report(reference.get(), Code.ROUTE_TEMPLATE_UNKNOWN,
                        "no route template has the id " + reference.get().text().orElseThrow()
                                + " — " + (templates.isEmpty()
                                        ? "add its file"
                                        : "did you mean "
                                                + NearestName.to(reference.get().text().orElseThrow(), templates.keySet()) + "?"));
            } else {
                checkParameters(route, template, findings);
            }
        }
    }

    private static void checkParameters(YamlValue route, YamlValue template, Findings findings) {
        TreeSet<String> declared = new TreeSet<>(entries(template).flatMap(entry -> entry.text("name").stream()).toList());
        List<String> given = new ArrayList<>();
        entries(route).forEach(entry -> entry.text("name").ifPresent(name -> {
            given.add(name);
            if (!declared.contains(name)) {
                findings.report(entry, Code.TEMPLATE_PARAMETER_UNKNOWN, "the template has no parameter " + name + " — "
                        + (declared.isEmpty() ? "delete it" : "did you mean " + NearestName.to(name, declared) + "?"));
            }
        }));
        entries(template).filter(entry -> entry.get("defaultValue").isEmpty() && entry.text("required").filter("false"::equals).isEmpty())
                .flatMap(entry -> entry.text("name").stream()).filter(name -> !given.contains(name))
                .forEach(name -> findings.report(route, Code.TEMPLATE_PARAMETER_MISSING,
                        "the template needs the parameter " + name + " — add it"));
    }
}
