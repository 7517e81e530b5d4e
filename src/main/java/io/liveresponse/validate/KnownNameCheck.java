package io.liveresponse.validate;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Verdict;
import io.liveresponse.settings.NearestName;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names that are plain text to Camel: the failure codes and verdicts of the retry table, classes, and resources on the class path. Without
 * this check a request meets the mistake, or the start.
 */
final class KnownNameCheck implements RouteCheck {

    private static final ComparedText CODES = new ComparedText("\\$\\{exception\\.code\\}");
    private static final Set<String> FAILURE_CODES = names(FailureCode.values(), Enum::name);
    private static final Set<String> VERDICTS = names(Verdict.values(), Verdict::label);
    private static final Set<String> TYPES = Set.of("unmarshalType", "resultType");
    /** A host may have classes of its own that are not here. */
    private static final Pattern KNOWN_CLASS = Pattern.compile("(?:io\\.liveresponse|java|org\\.apache\\.camel)\\.[\\w.$]+");
    private static final Pattern RESOURCE = Pattern.compile("resource:classpath:([\\w./-]+)");

    @Override
    public void check(Routes routes, Findings findings) {
        routes.values().filter(value -> value.hasKey("simple")).flatMap(value -> value.expression().stream())
                .forEach(value -> checkCodes(value, findings));
        routes.values().filter(KnownNameCheck::isType).forEach(value -> value.text().ifPresent(name -> checkClass(value, name, findings)));
        routes.values().forEach(value -> value.text().ifPresent(text -> checkResource(value, text, findings)));
        verdicts(routes).forEach(value -> checkVerdict(value, findings));
    }

    private static void checkCodes(YamlValue value, Findings findings) {
        CODES.in(value.text().orElseThrow()).filter(code -> !FAILURE_CODES.contains(code))
                .forEach(code -> findings.report(value, Code.FAILURE_CODE_UNKNOWN,
                        code + " is not a failure code — did you mean " + NearestName.to(code, FAILURE_CODES) + "?"));
    }

    private static boolean isType(YamlValue value) {
        return value.key() == null ? value.parent() != null && value.parent().hasKey("exception") : TYPES.contains(value.key());
    }

    private static void checkClass(YamlValue value, String name, Findings findings) {
        if (KNOWN_CLASS.matcher(name).matches() && !exists(name)) {
            findings.report(value, Code.CLASS_UNKNOWN, "there is no class " + name + " — check its package and its spelling");
        }
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, KnownNameCheck.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static void checkResource(YamlValue value, String text, Findings findings) {
        Matcher resource = RESOURCE.matcher(text);
        if (resource.matches() && KnownNameCheck.class.getClassLoader().getResource(resource.group(1)) == null) {
            findings.report(value, Code.RESOURCE_MISSING, "there is no file " + resource.group(1)
                    + " on the class path — check its name, or name a file by resource:file:");
        }
    }

    /** The constants that the routes give to the verdict's variable. */
    private static Stream<YamlValue> verdicts(Routes routes) {
        return routes.values().filter(value -> value.text("name").filter(Verdict.VARIABLE::equals).isPresent())
                .flatMap(value -> value.get("expression").stream()).flatMap(expression -> expression.get("constant").stream())
                .flatMap(constant -> constant.expression().stream());
    }

    private static void checkVerdict(YamlValue value, Findings findings) {
        String verdict = value.text().orElseThrow();
        if (!VERDICTS.contains(verdict)) {
            findings.report(value, Code.VERDICT_UNKNOWN,
                    verdict + " is not a verdict — did you mean " + NearestName.to(verdict, VERDICTS) + "?");
        }
    }

    private static <E> Set<String> names(E[] values, Function<E, String> name) {
        return Stream.of(values).map(name).collect(Collectors.toCollection(TreeSet::new));
    }
}
