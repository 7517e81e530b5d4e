package io.liveresponse.validate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An endpoint as a route writes it.
 *
 * @param at       the step, {@code from} or {@code deadLetterUri}
 * @param uri      the value that holds the address
 * @param address  the address without options
 * @param options  by name, those of the address and those of {@code parameters}
 */
record Endpoint(YamlValue at, YamlValue uri, String address, Map<String, Option> options) {

    /** @param at where it is written */
    record Option(YamlValue at, String value) {

        boolean isLiteral() {
            return !DYNAMIC.matcher(value).find();
        }
    }

    /** What is known only when the route runs. */
    static final Pattern DYNAMIC = Pattern.compile("\\{\\{.*?\\}\\}|\\$\\{[^}]*\\}");

    private static final Set<String> KINDS = Set.of("to", "toD", "wireTap", "poll");
    private static final Set<String> BY_EXPRESSION = Set.of("enrich", "pollEnrich", "recipientList");
    private static final Set<String> RECEIVING = Set.of("from", "poll", "pollEnrich");

    static Optional<Endpoint> of(YamlValue value) {
        if (value.hasKey("from") || (Routes.isStep(value) && KINDS.contains(value.key()))) {
            Optional<YamlValue> uri = value.isMapping() ? value.get("uri") : Optional.of(value);
            return uri.filter(found -> found.text().isPresent()).map(found -> of(value, found));
        }
        if (Routes.isStep(value) && BY_EXPRESSION.contains(value.key())) {
            YamlValue expression = value.get("expression").orElse(value);
            return expression.get("constant").or(() -> expression.get("simple")).flatMap(YamlValue::expression)
                    .filter(found -> !found.text().orElseThrow().contains(",")).map(found -> of(value, found));
        }
        return value.hasKey("deadLetterUri") && value.text().isPresent() ? Optional.of(of(value, value)) : Optional.empty();
    }

    private static Endpoint of(YamlValue value, YamlValue uri) {
        String text = uri.text().orElseThrow();
        int question = optionsAt(text);
        Map<String, Option> options = new LinkedHashMap<>();
        if (question >= 0) {
            for (String pair : text.substring(question + 1).split("&")) {
                int equals = pair.indexOf('=');
                options.put(equals < 0 ? pair : pair.substring(0, equals),
                        new Option(uri, equals < 0 ? "" : pair.substring(equals + 1)));
            }
        }
        value.get("parameters").ifPresent(parameters -> parameters.children()
                .forEach(child -> child.text().ifPresent(option -> options.put(child.key(), new Option(child, option)))));
        return new Endpoint(value, uri, question < 0 ? text : text.substring(0, question), options);
    }

    /** Where the options begin; the question mark of {@code {{?x}}} is none. */
    private static int optionsAt(String text) {
        int at = text.indexOf('?');
        while (at >= 2 && text.startsWith("{{", at - 2)) {
            at = text.indexOf('?', at + 1);
        }
        return at;
    }

    boolean isConsumer() {
        return at.hasKey("from");
    }

    /** As a consumer does, or by asking. */
    boolean receives() {
        return RECEIVING.contains(at.key());
    }

    /** Empty if it is known only when the route runs. */
    Optional<String> scheme() {
        int colon = address.indexOf(':');
        String scheme = colon < 0 ? address : address.substring(0, colon);
        return Optional.of(scheme).filter(text -> text.matches("[A-Za-z][A-Za-z0-9.+-]*"));
    }

    boolean isHttp() {
        return scheme().filter(scheme -> scheme.equals("http") || scheme.equals("https")).isPresent();
    }

    /** The name of a direct endpoint, in whichever of the two ways it is written; empty for any other. */
    Optional<String> directName() {
        if (scheme().filter("direct"::equals).isEmpty()) {
            return Optional.empty();
        }
        int colon = address.indexOf(':');
        return colon < 0
                ? Optional.ofNullable(options.get("name")).map(Option::value)
                : Optional.of(address.substring(colon + 1).replaceFirst("^//", ""));
    }
}
