package io.liveresponse.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files that were read, as the checks want to see them; gone through once, since each check asks for it all. Immutable. */
final class Routes {

    private static final Set<String> PARTS = Set.of("when", "doCatch", "onException");
    private static final Set<String> PART = Set.of("otherwise", "doFinally", "onFallback");

    private final List<YamlValue> files;
    private final Templates templates;
    private final List<YamlValue> values = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();

    Routes(List<YamlValue> files) {
        this.files = List.copyOf(files);
        this.templates = new Templates(this.files);
        files.forEach(this::add);
    }

    private void add(YamlValue value) {
        values.add(value);
        Endpoint.of(value).ifPresent(endpoints::add);
        value.children().forEach(this::add);
    }

    List<YamlValue> files() {
        return files;
    }

    /** Every value of every file, in their order. */
    Stream<YamlValue> values() {
        return values.stream();
    }

    Stream<Endpoint> endpoints() {
        return endpoints.stream();
    }

    /** The definitions of a kind at the top of a file, such as {@code route} or {@code routeConfiguration}. */
    Stream<YamlValue> top(String kind) {
        return files.stream().flatMap(file -> file.children().stream()).flatMap(item -> item.get(kind).stream());
    }

    /** A step, whatever its kind; it is called by its kind's name. */
    static boolean isStep(YamlValue value) {
        return value.key() != null && value.parent().parent() != null && value.parent().parent().hasKey("steps")
                && value.parent().key() == null;
    }

    /** A part of a step that has an id of its own in Camel, such as a choice's branch. */
    static boolean isPart(YamlValue value) {
        if (value.key() == null) {
            return value.isMapping() && value.parent() != null && value.parent().key() != null && PARTS.contains(value.parent().key())
                    && value.get("onException").isEmpty();
        }
        return PART.contains(value.key()) || (value.hasKey("onException") && value.parent().key() == null && value.isMapping());
    }

    /** What each file defines at its top: a value for each route, template, configuration and the like. */
    static Stream<YamlValue> definitions(YamlValue file) {
        return file.children().stream().flatMap(item -> item.children().stream());
    }

    Templates templates() {
        return templates;
    }

    /** The routes, each as the mapping that holds its {@code from}: of {@code route}, of a template, or the item of the short form. */
    Stream<YamlValue> routes() {
        return files.stream().flatMap(file -> file.children().stream()).flatMap(item -> Stream.of(
                item.get("route"), item.get("from").map(from -> item),
                item.get("routeTemplate").map(template -> template.get("route").orElse(template))).flatMap(Optional::stream));
    }

    /** The route that a value belongs to, in the form of {@link #routes}. */
    static Optional<YamlValue> routeOf(YamlValue value) {
        return value.above().filter(above -> above.get("from").isPresent()).findFirst();
    }
}
