package io.liveresponse.validate;

import io.liveresponse.model.Outcome;
import io.liveresponse.settings.NearestName;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the router knows every outcome. A branch routes an outcome if it asks for that alone; one that asks for a script's name
 * as well lets other results of the same outcome pass.
 */
final class OutcomeCheck implements RouteCheck {

    private static final Set<String> LABELS = Arrays.stream(Outcome.values()).map(Outcome::label).collect(Collectors.toUnmodifiableSet());
    private static final Pattern ASKED =
            Pattern.compile("\\$\\{body(?:\\.outcome|\\[outcome\\])(?:\\.label)?\\}\\s+(==|=~|!=|!=~|in|!in)\\s+(?:'([^']*)'|\"([^\"]*)\")");

    @Override
    public void check(Routes routes, Findings findings) {
        routes.values().filter(value -> value.hasKey("choice") && Routes.isStep(value)).forEach(choice -> check(choice, findings));
    }

    private static void check(YamlValue choice, Findings findings) {
        Set<String> routed = new HashSet<>();
        List<YamlValue> conditions = conditions(choice);
        for (YamlValue condition : conditions) {
            String text = condition.text().orElseThrow();
            Matcher asked = ASKED.matcher(text);
            while (asked.find()) {
                List<String> labels = labels(asked);
                labels.stream().filter(label -> !LABELS.contains(label)).forEach(label -> findings.report(condition,
                        Code.OUTCOME_UNKNOWN, label + " is no outcome — did you mean " + NearestName.to(label, LABELS) + "?"));
                if (!text.contains("&&") && !asked.group(1).startsWith("!")) {
                    routed.addAll(labels);
                }
            }
        }
        // a choice that asks for no outcome by itself is not the router
        if (!routed.isEmpty() && isRouter(choice)) {
            Stream.of(Outcome.values()).filter(outcome -> !routed.contains(outcome.label()))
                    .filter(outcome -> outcome != Outcome.UNREADABLE || choice.get("otherwise").isEmpty())
                    .forEach(outcome -> findings.report(choice, Code.OUTCOME_NOT_ROUTED, "no branch is for " + outcome.label()
                            + " alone — add a when with ${body.outcome} == '" + outcome.label() + "'"));
        }
    }

    /** It names the sinks. */
    private static boolean isRouter(YamlValue choice) {
        return choice.all().anyMatch(value -> value.hasKey("name") && value.text().filter("liveResponseSinks"::equals).isPresent());
    }

    private static List<YamlValue> conditions(YamlValue choice) {
        return choice.get("when").stream().flatMap(when -> when.children().stream())
                .map(branch -> branch.get("expression").orElse(branch)).map(branch -> branch.get("simple"))
                .flatMap(Optional::stream).flatMap(simple -> simple.expression().stream()).toList();
    }

    private static List<String> labels(Matcher asked) {
        String text = asked.group(2) != null ? asked.group(2) : asked.group(3);
        boolean list = asked.group(1).endsWith("in");
        return (list ? Stream.of(text.split(",")) : Stream.of(text)).map(String::strip).toList();
    }
}
