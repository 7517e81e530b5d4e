package io.liveresponse.validate;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.tooling.model.BaseOptionModel;

/** Secrets in a route instead of in the settings: by the name of what they are for, or by their own look. */
final class SecretLiteralCheck implements RouteCheck {

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(?:password|passwd|passphrase|passcode|secret|api-?_?key|access-?_?key|account-?_?key|private-?_?key|subscription-?key"
                    + "|credentials?|(?<!page)(?<!next)token)");
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "cookie");
    private static final Set<String> SETTERS = Set.of("setHeader", "setVariable", "setProperty");
    private static final Pattern SECRET_LOOK = Pattern.compile(
            "eyJ[\\w-]{8,}\\.[\\w-]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY|[?&]sig=[\\w%+/=-]{8,}|(?i:AccountKey|SharedAccessSignature)=[^;{$\\s]{8,}"
                    + "|[\\w.~-]{3}[78]Q~[\\w.~-]{20,}|(?i:bearer|basic)\\s+[\\w+/=.~-]{8,}|\\bgh[pousr]_\\w{20,}|\\bA[KS]IA[0-9A-Z]{16}\\b"
                    + "|(?<![\\w+/=~-])(?=[\\w+/=~-]*[A-Z])(?=[\\w+/=~-]*[a-z])(?=(?:[\\w+/=~-]*?\\d){4})[\\w+/=~-]{32,}(?![\\w+/=~-])");
    private static final Pattern USER_INFO = Pattern.compile("^[\\w+.-]+:(?://)?[^/@:?\\s]+:([^/@\\s]+)@");
    private static final Set<String> PROSE = Set.of("description", "note");

    private final CamelCatalog catalog;

    SecretLiteralCheck(CamelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void check(Routes routes, Findings findings) {
        routes.endpoints().forEach(endpoint -> checkOptions(endpoint, findings));
        routes.values().filter(Routes::isStep).filter(step -> SETTERS.contains(step.key())).forEach(step -> checkSetter(step, findings));
        routes.values()
                .filter(value -> value.key() != null && value.parent().hasKey("properties") && SECRET_NAME.matcher(value.key()).matches())
                .filter(value -> value.text().filter(SecretLiteralCheck::isWrittenOut).isPresent())
                .forEach(value -> report(value, "the property " + value.key() + " is written out", findings));
        routes.values().filter(value -> value.text().map(Endpoint.DYNAMIC::matcher).map(dynamic -> dynamic.replaceAll(" "))
                .filter(text -> SECRET_LOOK.matcher(text).find()).isPresent()).forEach(value -> report(value,
                        (value.key() == null || PROSE.contains(value.key()) ? "the text" : value.key()) + " holds what looks like a secret",
                        findings));
    }

    private void checkOptions(Endpoint endpoint, Findings findings) {
        endpoint.options().forEach((name, option) -> {
            if (isWrittenOut(option.value()) && isSecret(endpoint, name)) {
                report(option.at(), "the option " + name + " is written out", findings);
            }
        });
        if (USER_INFO.matcher(Endpoint.DYNAMIC.matcher(endpoint.address()).replaceAll("")).find()) {
            report(endpoint.uri(), "the address holds a password", findings);
        }
    }

    private static boolean isWrittenOut(String value) {
        return !value.isBlank() && !value.startsWith("#") && !Endpoint.DYNAMIC.matcher(value).find();
    }

    /** What Camel counts as a secret, but not a user's name; and what an unknown option is called. */
    private boolean isSecret(Endpoint endpoint, String name) {
        if (SECRET_NAME.matcher(name).matches()) {
            return true;
        }
        return !name.toLowerCase(Locale.ROOT).matches(".*user(?:name)?|.*parameters|.*(?:ref|resolver|configurer)")
                && endpoint.scheme().filter(catalog.findComponentNames()::contains).map(catalog::componentModel).stream()
                        .flatMap(component -> component.getEndpointOptions().stream())
                        .anyMatch(option -> option.getName().equals(name) && option.isSecret() && isText(option));
    }

    private static boolean isText(BaseOptionModel option) {
        return "java.lang.String".equals(option.getJavaType()) && (option.getEnums() == null || option.getEnums().isEmpty());
    }

    private static void checkSetter(YamlValue step, Findings findings) {
        Optional<String> name = step.text("name").filter(text -> SECRET_NAME.matcher(text).matches()
                || (step.hasKey("setHeader") && SECRET_HEADERS.contains(text.toLowerCase(Locale.ROOT))));
        name.ifPresent(secret -> Stream.of("constant", "simple")
                .flatMap(language -> step.get("expression").orElse(step).get(language).stream())
                .flatMap(language -> language.expression().stream())
                .filter(value -> value.text().filter(SecretLiteralCheck::isWrittenOut).isPresent())
                .forEach(value -> report(value, secret + " is written out", findings)));
    }

    private static void report(YamlValue at, String what, Findings findings) {
        findings.report(at, Code.SECRET_LITERAL, what
                + " — put it into the environment or a file, as a secret setting, and change it: it may have been copied");
    }
}
