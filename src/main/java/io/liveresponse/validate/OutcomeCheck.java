package io.liveresponse.validate;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.NearestName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.support.DefaultExchange;

/**
 * Whether the router has a branch for every outcome: evaluates the branches for a typical result of each. A branch that tests anything
 * but the result does not count, and neither does one that only the results of some scripts, devices or exit codes match.
 */
final class OutcomeCheck implements RouteCheck {

    private static final Set<String> LABELS = Arrays.stream(Outcome.values()).map(Outcome::label).collect(Collectors.toUnmodifiableSet());
    private static final ComparedText TESTED = new ComparedText("\\$\\{body(?:\\.outcome|\\[outcome\\])(?:\\.label)?\\}");
    private static final Pattern SINK = Pattern.compile("live-response-(?:to|deliver)-.+");
    private static final Pattern OTHER_FUNCTION = Pattern.compile("\\$\\{(?!body[.\\[])|\\{\\{");
    /** Results that people have to look at anyway, so that a router may leave them to its {@code otherwise}. */
    private static final Set<Outcome> FOR_OTHERWISE = EnumSet.of(Outcome.UNREADABLE, Outcome.SUCCEEDED_WITH_ERRORS);
    private static final int HASH_REFUSED = 323;

    @Override
    public void check(Routes routes, Findings findings) {
        routes.values().filter(value -> value.hasKey("choice") && Routes.isStep(value)).forEach(choice -> check(choice, findings));
    }

    private static void check(YamlValue choice, Findings findings) {
        List<YamlValue> conditions = conditions(choice);
        conditions.forEach(condition -> checkLabels(condition, findings));
        if (!isRouter(choice)) {
            return;
        }
        Set<Outcome> routed = routed(conditions);
        boolean otherwise = choice.get("otherwise").isPresent();
        // a choice by something else than the outcome
        if (!routed.isEmpty()) {
            Stream.of(Outcome.values()).filter(outcome -> !routed.contains(outcome))
                    .filter(outcome -> !otherwise || !FOR_OTHERWISE.contains(outcome))
                    .forEach(outcome -> findings.report(choice, Code.OUTCOME_NOT_ROUTED, "no branch matches every result with the outcome "
                            + outcome.label() + " — add a when with ${body.outcome} == '" + outcome.label() + "'"));
        }
    }

    private static void checkLabels(YamlValue condition, Findings findings) {
        TESTED.in(condition.text().orElseThrow()).filter(label -> !LABELS.contains(label)).forEach(label -> findings.report(condition,
                Code.OUTCOME_UNKNOWN, label + " is not an outcome — did you mean " + NearestName.to(label, LABELS) + "?"));
    }

    /** An outermost choice that names sinks. */
    private static boolean isRouter(YamlValue choice) {
        return choice.above().noneMatch(above -> above.hasKey("choice"))
                && choice.all().anyMatch(value -> value.hasKey("name") && value.text().filter("liveResponseSinks"::equals).isPresent()
                        || Endpoint.of(value).flatMap(Endpoint::directName).filter(name -> SINK.matcher(name).matches()).isPresent());
    }

    private static List<YamlValue> conditions(YamlValue choice) {
        return choice.get("when").stream().flatMap(when -> when.children().stream())
                .map(branch -> branch.get("expression").orElse(branch)).map(branch -> branch.get("simple"))
                .flatMap(Optional::stream).flatMap(simple -> simple.expression().stream()).toList();
    }

    /** The outcomes of whose typical results each is matched by some branch. */
    private static Set<Outcome> routed(List<YamlValue> conditions) {
        CamelContext context = new SimpleCamelContext(false);
        context.build();
        SimpleLanguage simple = new SimpleLanguage();
        simple.setCamelContext(context);
        List<Predicate> predicates = conditions.stream().flatMap(condition -> predicate(simple, condition.text().orElseThrow()).stream())
                .toList();
        predicates.forEach(predicate -> predicate.init(context));
        return Stream.of(Outcome.values())
                .filter(outcome -> typical(outcome)
                        .allMatch(result -> predicates.stream().anyMatch(predicate -> matches(context, predicate, result))))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Outcome.class)));
    }

    private static Optional<Predicate> predicate(SimpleLanguage simple, String text) {
        try {
            return OTHER_FUNCTION.matcher(text).find() ? Optional.empty() : Optional.of(simple.createPredicate(text));
        } catch (RuntimeException e) {
            // another check reports it
            return Optional.empty();
        }
    }

    private static boolean matches(CamelContext context, Predicate predicate, Result result) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(result);
        try {
            return predicate.matches(exchange);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Stream<Result> typical(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED, SUCCEEDED_WITH_ERRORS -> Stream.of(result(outcome, 0));
            case FAILED -> Stream.of(1, -1, 4_711).map(exitCode -> result(outcome, exitCode));
            case INTEGRITY_FAILED -> Stream.of(result(outcome, HASH_REFUSED));
            default -> Stream.of(result(outcome, null));
        };
    }

    private static Result result(Outcome outcome, Integer exitCode) {
        return new Result(new ResultKey("", "00000000-0000-0000-0000-000000000000", 0), outcome, exitCode, "", null, null, null,
                ActionFacts.UNKNOWN, null);
    }
}
