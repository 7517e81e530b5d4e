package io.liveresponse.validate;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.LanguageValidationResult;

/** Parses each simple expression with Camel's own parser; where a step branches on it, as a predicate. */
final class SimpleCheck implements RouteCheck {

    private static final Set<String> PREDICATES = Set.of("when", "filter", "onWhen", "validate", "retryWhile", "handled", "continued",
            "completionPredicate", "intercept");
    /** Not a word of its own, so that the parser takes it wherever it takes a number or a text. */
    private static final String PLACEHOLDER = "1";
    private static final Pattern PLACEHOLDERS = Pattern.compile("\\{\\{[^{}]*\\}\\}");

    private final CamelCatalog catalog;

    SimpleCheck(CamelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void check(Routes routes, Findings findings) {
        routes.values().filter(value -> value.hasKey("simple")).forEach(language ->
                language.expression().ifPresent(text -> check(text, isPredicate(language), findings)));
        routes.values().filter(value -> value.hasKey("message") && value.parent().hasKey("log") && Routes.isStep(value.parent()))
                .forEach(message -> check(message, false, findings));
        routes.endpoints().filter(endpoint -> endpoint.at().hasKey("toD") || endpoint.at().hasKey("wireTap"))
                .forEach(endpoint -> check(endpoint.uri(), false, findings));
    }

    private void check(YamlValue value, boolean predicate, Findings findings) {
        if (value.text().filter(text -> text.startsWith("resource:")).isPresent()) {
            return;
        }
        String text = PLACEHOLDERS.matcher(value.text().orElse("")).replaceAll(PLACEHOLDER);
        LanguageValidationResult result = predicate
                ? catalog.validateLanguagePredicate(getClass().getClassLoader(), "simple", text)
                : catalog.validateLanguageExpression(getClass().getClassLoader(), "simple", text);
        if (!result.isSuccess()) {
            String error = result.getShortError() == null ? "cannot be parsed" : result.getShortError();
            findings.report(value, Code.EXPRESSION_MALFORMED, "the simple expression cannot be parsed: " + error
                    + " — look at names, quotes, braces and the blanks around operators");
        }
    }

    /** Passes the branch's own {@code expression}, which is left out in the short form. */
    private static boolean isPredicate(YamlValue language) {
        return language.above().filter(above -> !above.hasKey("expression")).findFirst().filter(above -> above.key() != null
                ? PREDICATES.contains(above.key()) || (above.hasKey("loop") && above.text("doWhile").filter("true"::equals).isPresent())
                : above.parent() != null && above.parent().hasKey("when")).isPresent();
    }
}
