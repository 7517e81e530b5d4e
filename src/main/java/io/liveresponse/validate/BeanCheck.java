package io.liveresponse.validate;

import io.liveresponse.settings.NearestName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Beans that a route refers to and that nothing binds. */
final class BeanCheck implements RouteCheck {

    /** Keys whose value is a bean name. */
    private static final Set<String> NAMING = Set.of("idempotentRepository", "aggregationStrategy", "aggregationRepository",
            "objectMapper", "onExceptionOccurredRef", "onPrepare", "onRedeliveryRef", "errorHandlerRef", "executorService",
            "claimCheckRepository", "redeliveryPolicyRef", "loggerRef", "comparator", "cacheName");
    private static final Set<String> REFERRING = Set.of("process", "bean", "method", "sort");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.-]*");
    private static final String OURS = "liveResponse";

    private final Set<String> bound;

    /**
     * @param ours   the names of the bundle's beans
     * @param others what the settings file binds
     */
    BeanCheck(Set<String> ours, Set<String> others) {
        this.bound = new TreeSet<>(ours);
        this.bound.addAll(others);
    }

    @Override
    public void check(Routes routes, Findings findings) {
        Set<String> known = new TreeSet<>(bound);
        Stream.of("routeTemplate", "route", "kamelet").flatMap(routes::top).flatMap(top -> top.get("beans").stream())
                .flatMap(beans -> beans.children().stream()).flatMap(bean -> bean.text("name").stream()).forEach(known::add);
        routes.top("beans").flatMap(beans -> beans.children().stream()).map(bean -> bean.text("name"))
                .flatMap(Optional::stream).forEach(known::add);
        routes.values().forEach(value -> name(value).filter(name -> NAME.matcher(name).matches() && !known.contains(name))
                .ifPresent(name -> report(value, name, known, findings)));
        routes.endpoints().forEach(endpoint -> endpoint.options().values().stream().filter(option -> option.at() == endpoint.uri())
                .forEach(option -> hashed(option.value()).filter(name -> NAME.matcher(name).matches() && !known.contains(name))
                        .ifPresent(name -> report(endpoint.uri(), name, known, findings))));
    }

    private static void report(YamlValue at, String name, Set<String> known, Findings findings) {
        if (name.startsWith(OURS)) {
            findings.report(at, Code.BEAN_UNKNOWN,
                    "the bundle binds no bean " + name + " — did you mean " + NearestName.to(name, known) + "?");
        } else {
            findings.report(at, Code.BEAN_NOT_OURS, "neither the bundle nor the settings file binds a bean " + name
                    + " — bind it as camel.beans." + name + " or in the host, or did you mean " + NearestName.to(name, known) + "?");
        }
    }

    private static Optional<String> name(YamlValue value) {
        Optional<String> text = value.text();
        if (text.isEmpty() || value.key() == null) {
            return Optional.empty();
        }
        if (text.get().startsWith("#")) {
            return hashed(text.get());
        }
        boolean refers = value.hasKey("ref") && value.parent().key() != null && REFERRING.contains(value.parent().key());
        return refers || NAMING.contains(value.key()) ? text : Optional.empty();
    }

    /** {@code #bean:x} and {@code #x}; not {@code #class:} and the like. */
    private static Optional<String> hashed(String text) {
        if (text.startsWith("#bean:")) {
            return Optional.of(text.substring("#bean:".length()));
        }
        return text.startsWith("#") ? Optional.of(text.substring(1)) : Optional.empty();
    }
}
