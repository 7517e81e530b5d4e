package io.liveresponse.validate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files that were read, as the checks want to see them. */
record Routes(List<YamlValue> files) {

    private static final Set<String> PARTS = Set.of("when", "doCatch", "onException");
    private static final Set<String> PART = Set.of("otherwise", "doFinally", "onFallback");

    /** Every value of every file. */
    Stream<YamlValue> values() {
        return files.stream().flatMap(YamlValue::all);
    }

    /** The definitions of a kind at the top of a file, such as {@code route} or {@code routeConfiguration}. */
    Stream<YamlValue> top(String kind) {
        return files.stream().flatMap(file -> file.children().stream()).flatMap(item -> item.get(kind).stream());
    }


    Stream<Endpoint> endpoints() {
        return values().flatMap(value -> Endpoint.of(value).stream());
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

    /** The route that a value belongs to. */
    static Optional<YamlValue> routeOf(YamlValue value) {
        return value.above().filter(above -> above.hasKey("route")).findFirst();
    }
}
