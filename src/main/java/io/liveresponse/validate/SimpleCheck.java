package io.liveresponse.validate;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.language.simple.types.SimpleParserException;

/** Parses each simple expression with Camel's own parser; where a step branches on it, as a predicate. */
final class SimpleCheck implements RouteCheck {

    private static final Set<String> PREDICATES = Set.of("when", "filter", "onWhen", "validate", "retryWhile", "handled", "continued",
            "completionPredicate", "intercept");
    /** Not a word of its own, so that the parser takes it wherever it takes a number or a text. */
    private static final String PLACEHOLDER = "1";
    private static final Pattern PLACEHOLDERS = Pattern.compile("\\{\\{[^{}]*\\}\\}");

    /** One context for all, never started; the catalog's own way makes one for each expression. */
    private final SimpleLanguage simple = new SimpleLanguage();

    SimpleCheck() {
        simple.setCamelContext(new SimpleCamelContext(false));
    }

    @Override
    public void check(Routes routes, Findings findings) {
        routes.values().filter(value -> value.hasKey("simple"))
                .forEach(language -> language.expression().ifPresent(text -> check(text, isPredicate(language), findings)));
        routes.values().filter(value -> value.hasKey("message") && value.parent().hasKey("log") && Routes.isStep(value.parent()))
                .forEach(message -> check(message, false, findings));
        routes.endpoints().filter(endpoint -> endpoint.at().hasKey("toD") || endpoint.at().hasKey("wireTap"))
                .forEach(endpoint -> check(endpoint.uri(), false, findings));
    }

    private void check(YamlValue value, boolean predicate, Findings findings) {
        if (value.text().filter(text -> text.startsWith("resource:") || PLACEHOLDERS.matcher(text).matches()).isPresent()) {
            return;
        }
        String text = PLACEHOLDERS.matcher(value.text().orElse("")).replaceAll(PLACEHOLDER);
        try {
            if (predicate) {
                simple.createPredicate(text);
            } else {
                simple.createExpression(text);
            }
        } catch (SimpleIllegalSyntaxException | SimpleParserException e) {
            findings.report(value, Code.EXPRESSION_MALFORMED, "the simple expression cannot be parsed: " + reason(e)
                    + " — look at names, quotes, braces and the blanks around operators");
        }
    }

    /** Without the expression itself, which the message ends in. */
    private static String reason(RuntimeException e) {
        String message = e instanceof SimpleIllegalSyntaxException syntax ? syntax.getShortMessage() : e.getMessage();
        return message.split("\\R| at location ")[0];
    }

    /** Passes the branch's own {@code expression}, which is left out in the short form. */
    private static boolean isPredicate(YamlValue language) {
        return language.above().filter(above -> !above.hasKey("expression")).findFirst().filter(above -> above.key() != null
                ? PREDICATES.contains(above.key()) || (above.hasKey("loop") && above.text("doWhile").filter("true"::equals).isPresent())
                : above.parent() != null && above.parent().hasKey("when")).isPresent();
    }
}
