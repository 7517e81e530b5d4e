package io.liveresponse.validate;

/** The kinds of mistakes in route files; the names are stable. Those of settings are {@code SettingProblem.Code}. */
public enum Code {

    YAML_SYNTAX("The file is not YAML, or not a single document; the other checks skip it."),
    YAML_TAB("A line is indented by a tab; YAML allows spaces only."),
    YAML_DUPLICATE_KEY("The same key twice in one mapping; only one of them takes effect."),
    YAML_UNKNOWN_KEY("A key or step that Camel's YAML schema does not allow here."),
    YAML_MISSING_KEY("A key that Camel's YAML schema requires here is missing."),
    YAML_WRONG_VALUE("A value that does not match Camel's YAML schema."),
    ROUTE_WITHOUT_ID("A route has no id: Camel makes one up, and logs and metrics name the route by it.", false),
    ROUTE_WITHOUT_DESCRIPTION("A route has no description.", false),
    ROUTE_NAME_DIFFERS("A file, route id or direct endpoint of the bundle that is not named like the others.", false),
    ROUTE_TEMPLATE_UNKNOWN("A templated route refers to a route template that no file defines."),
    TEMPLATE_PARAMETER_UNKNOWN("A templated route sets a parameter that its template does not declare."),
    TEMPLATE_PARAMETER_MISSING("A templated route does not set a parameter that its template needs."),
    ROUTE_ID_DUPLICATE("Two routes or two route configurations have the same id."),
    ROUTE_CONFIGURATION_UNKNOWN("A route opts into a route configuration that no file defines."),
    STEP_ID_DUPLICATE("Two steps have the same id, nodePrefixId included."),
    ENDPOINT_UNKNOWN("An endpoint's scheme belongs to no Camel component."),
    ENDPOINT_NOT_INSTALLED("An endpoint's component is Camel's, but its library is not on the class path."),
    ENDPOINT_OPTION_UNKNOWN("An option that the endpoint does not have."),
    ENDPOINT_OPTION_MALFORMED("An option whose value is malformed."),
    ENDPOINT_OPTION_MISSING("An endpoint without an option that it requires."),
    ENDPOINT_OPTION_MISPLACED("A consumer option on a producer, or the reverse."),
    DIRECT_WITHOUT_CONSUMER("A direct endpoint that no route consumes from, also if a sink or a setting's choice names it."),
    DIRECT_CONSUMER_DUPLICATE("Two routes consume from the same direct endpoint; the second does not start."),
    PLACEHOLDER_UNDECLARED("A placeholder that names no setting and no property."),
    PROPERTY_UNUSED("A property of the settings file that no route uses, and that is neither Camel's nor the bundle's.", false),
    CAMEL_KEY_UNKNOWN("A key under camel. that Camel does not have."),
    CAMEL_VALUE_MALFORMED("A value of a key under camel. that does not have the key's form."),
    HTTP_TIMEOUT_MISSING("An HTTP endpoint without a time-out."),
    HTTP_REDIRECT_FOLLOWED("An HTTP endpoint that follows redirects to any host, with all headers."),
    HTTP_ERROR_THROWN(
            "An HTTP endpoint that throws Camel's HTTP exception, which holds the whole address, a download link's signature included."),
    SECRET_LITERAL("A route contains a literal secret."),
    BEAN_UNKNOWN("A bean named like the bundle's that the bundle does not bind."),
    BEAN_NOT_OURS("A bean that neither the bundle nor the settings file binds; a host may bind it.", false),
    OUTCOME_NOT_ROUTED("An outcome that no branch of the router matches."),
    OUTCOME_UNKNOWN("The router tests for an outcome that does not exist."),
    EXPRESSION_MALFORMED("A simple expression that cannot be parsed."),
    PROPERTY_UNKNOWN("An expression reads a property or calls a method that the value does not have."),
    VARIABLE_UNKNOWN("An expression reads a variable of the bundle that nothing sets."),
    VARIABLE_NOT_SET("An expression reads a variable that no route sets; a host may set it.", false),
    BEAN_METHOD_UNKNOWN("A method that the bundle's bean does not have."),
    CLASS_UNKNOWN("A class of Java, Camel or the bundle that does not exist, as an exception or a type."),
    RESOURCE_MISSING("A resource that is not on the class path."),
    FAILURE_CODE_UNKNOWN("An expression tests for a failure code that does not exist."),
    VERDICT_UNKNOWN("The retry table sets a verdict that does not exist.");

    private final String meaning;
    private final boolean error;

    Code(String meaning) {
        this(meaning, true);
    }

    Code(String meaning, boolean error) {
        this.meaning = meaning;
        this.error = error;
    }

    /** One sentence for the reference. */
    public String meaning() {
        return meaning;
    }

    /** False for a warning: the routes may still work. */
    public boolean isError() {
        return error;
    }
}
