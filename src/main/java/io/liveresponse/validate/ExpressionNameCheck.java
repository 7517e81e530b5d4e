package io.liveresponse.validate;

import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.NearestName;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names inside expressions: properties and methods of the result and of the bundle's variables, variables, and methods of the bundle's
 * beans. The body is a result in the router and at the beginning of a sink, as long as no step has replaced it.
 */
final class ExpressionNameCheck implements RouteCheck {

    private static final String OURS = "liveResponse";
    private static final Map<String, Class<?>> TYPES = Map.of("liveResponseKey", ResultKey.class, "liveResponseResult", Result.class,
            "liveResponseRequest", Request.class);
    private static final Pattern RESULT_ROUTES = Pattern.compile("live-response-(?:route-result|(?:deliver|to)-(?!result$).+)");
    private static final Set<String> PROSE = Set.of("description", "note");
    /** Steps that leave the body as it is. */
    private static final Set<String> KEEPING = Set.of("setVariable", "setVariables", "setHeader", "setHeaders", "setProperty",
            "removeVariable",
            "removeHeader", "removeHeaders", "removeProperty", "removeProperties", "log", "choice", "filter", "multicast", "doTry", "stop",
            "delay", "throttle", "validate", "step", "wireTap", "throwException");

    private static final String CHAIN = "((?:\\??\\.[A-Za-z_]\\w*(?:\\([^()]*\\))?|\\[[^\\]]*\\])*)";
    private static final Pattern BODY = Pattern.compile("\\$\\{body" + CHAIN);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{variable\\.([\\w-]+)" + CHAIN);
    private static final Pattern SEGMENT = Pattern.compile("\\??\\.([A-Za-z_]\\w*)(\\()?|(\\[)");
    private static final Pattern BEAN = Pattern.compile("\\$\\{bean:([\\w-]+)(?:\\.|\\?method=)(\\w+)");

    private final ShippedRoutes shipped = new ShippedRoutes();
    private final Map<String, Class<?>> beans;

    /** @param beans the types of the bundle's beans, by name */
    ExpressionNameCheck(Map<String, Class<?>> beans) {
        this.beans = beans;
    }

    @Override
    public void check(Routes routes, Findings findings) {
        Set<String> variables = variablesIn(routes);
        routes.values().filter(value -> value.key() == null || !PROSE.contains(value.key()))
                .forEach(value -> value.text().ifPresent(text -> checkText(value, text, variables, findings)));
        routes.values().filter(value -> value.hasKey("variable")).flatMap(value -> value.expression().stream())
                .forEach(value -> checkVariable(value, value.text().orElseThrow(), variables, findings));
        routes.values().filter(value -> value.hasKey("bean") || value.hasKey("method")).forEach(value -> checkBean(value, findings));
        routes.endpoints().filter(Endpoint::isConsumer)
                .filter(endpoint -> endpoint.directName().filter(name -> RESULT_ROUTES.matcher(name).matches()).isPresent())
                .forEach(endpoint -> endpoint.at().get("steps").ifPresent(steps -> checkSteps(steps, true, findings)));
    }

    /** The variables that some step sets. */
    private static Set<String> variablesIn(Routes routes) {
        return routes.values().flatMap(value -> switch (String.valueOf(value.key())) {
            case "setVariable" -> value.text("name").stream();
            case "variableReceive", "variableSend" -> value.text().stream();
            case "name" -> value.above().anyMatch(above -> above.hasKey("setVariables")) ? value.text().stream() : Stream.<String>empty();
            default -> Stream.<String>empty();
        }).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that the bundle's routes read as well: Java sets some of them. */
    private Set<String> variablesOfTheBundle() {
        Set<String> names = variablesIn(shipped.routes());
        shipped.routes().values().flatMap(value -> value.text().stream()).forEach(text -> {
            Matcher read = VARIABLE.matcher(text);
            while (read.find()) {
                names.add(read.group(1));
            }
        });
        return names;
    }

    private void checkText(YamlValue value, String text, Set<String> variables, Findings findings) {
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            if (checkVariable(value, variable.group(1), variables, findings) && TYPES.containsKey(variable.group(1))) {
                checkChain(value, TYPES.get(variable.group(1)), variable.group(2), findings);
            }
        }
        Matcher bean = BEAN.matcher(text);
        while (bean.find()) {
            checkMethod(value, bean.group(1), bean.group(2), findings);
        }
    }

    private boolean checkVariable(YamlValue value, String name, Set<String> variables, Findings findings) {
        if (variables.contains(name) || !name.matches("[\\w-]+") || TYPES.containsKey(name)) {
            return true;
        }
        boolean ours = name.regionMatches(true, 0, OURS, 0, OURS.length());
        Set<String> all = new TreeSet<>(variables);
        all.addAll(variablesOfTheBundle());
        if (all.contains(name)) {
            return true;
        }
        findings.report(value, ours ? Code.VARIABLE_UNKNOWN : Code.VARIABLE_NOT_SET, "no route sets the variable " + name
                + " — did you mean " + NearestName.to(name, all) + "?");
        return false;
    }

    private void checkBean(YamlValue value, Findings findings) {
        value.get("method").filter(method -> method.text().isPresent()).ifPresent(method -> value.text("ref")
                .ifPresent(ref -> checkMethod(method, ref, method.text().orElseThrow().split("\\(", 2)[0].strip(), findings)));
    }

    private void checkMethod(YamlValue at, String bean, String method, Findings findings) {
        Class<?> type = beans.get(bean);
        // the implementation may have more methods than the declared type
        if (type == null || type.isInterface() || type == Object.class || Endpoint.DYNAMIC.matcher(method).find()) {
            return;
        }
        Set<String> known = methods(type).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
        if (!known.contains(method)) {
            findings.report(at, Code.BEAN_METHOD_UNKNOWN, "the bean " + bean + " has no method " + method + " — did you mean "
                    + NearestName.to(method, known) + "?");
        }
    }

    /** @return whether the body is still the result afterwards */
    private boolean checkSteps(YamlValue steps, boolean isResult, Findings findings) {
        boolean known = isResult;
        for (YamlValue item : steps.children()) {
            for (YamlValue step : item.children()) {
                known = known && checkStep(step, findings);
            }
        }
        return known;
    }

    private boolean checkStep(YamlValue step, Findings findings) {
        boolean known = KEEPING.contains(String.valueOf(step.key()));
        for (YamlValue child : step.children()) {
            if (child.hasKey("steps")) {
                known = checkSteps(child, true, findings) && known && !step.hasKey("multicast");
            } else if (Set.of("when", "otherwise", "doCatch", "doFinally").contains(String.valueOf(child.key()))) {
                for (YamlValue branch : child.isMapping() ? List.of(child) : child.children()) {
                    known = checkStep(branch, findings, known);
                }
            } else {
                child.all().filter(value -> value.key() == null || !PROSE.contains(value.key()))
                        .forEach(value -> value.text().ifPresent(text -> checkBody(value, text, findings)));
            }
        }
        return known;
    }

    private boolean checkStep(YamlValue branch, Findings findings, boolean known) {
        boolean after = known;
        for (YamlValue child : branch.children()) {
            if (child.hasKey("steps")) {
                after = checkSteps(child, true, findings) && after;
            } else {
                child.all().forEach(value -> value.text().ifPresent(text -> checkBody(value, text, findings)));
            }
        }
        return after;
    }

    private static void checkBody(YamlValue value, String text, Findings findings) {
        Matcher body = BODY.matcher(text);
        while (body.find()) {
            checkChain(value, Result.class, body.group(1), findings);
        }
    }

    /** Follows properties as far as the types are the bundle's own. */
    private static void checkChain(YamlValue value, Class<?> first, String chain, Findings findings) {
        Class<?> type = first;
        Matcher segment = SEGMENT.matcher(chain);
        while (segment.find() && type.getName().startsWith("io.liveresponse.") && segment.group(3) == null) {
            String name = segment.group(1);
            Optional<Method> found = find(type, name, segment.group(2) != null);
            if (found.isEmpty()) {
                Set<String> known = methods(type)
                        .filter(method -> method.getDeclaringClass() != Object.class && method.getParameterCount() == 0)
                        .map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
                findings.report(value, Code.PROPERTY_UNKNOWN, "a " + type.getSimpleName() + " has no " + name + " — did you mean "
                        + NearestName.to(name, known) + "? There are " + String.join(", ", known));
                return;
            }
            type = found.get().getReturnType();
        }
    }

    private static Optional<Method> find(Class<?> type, String name, boolean call) {
        Set<String> names = call
                ? Set.of(name.toLowerCase(Locale.ROOT))
                : Stream.of("", "get", "is").map(prefix -> (prefix + name).toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return methods(type).filter(method -> names.contains(method.getName().toLowerCase(Locale.ROOT)))
                .filter(method -> call || method.getParameterCount() == 0).findFirst();
    }

    private static Stream<Method> methods(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(Object.class.getMethods()));
    }
}
