package io.liveresponse.validate;

/** What kind of mistake a route file holds; the names are stable. Those of settings are {@code SettingProblem.Code}. */
public enum Code {
    YAML_SYNTAX("The file is no YAML, or not one document; nothing else in it was looked at."),
    YAML_TAB("A tab stands where YAML wants blanks."),
    YAML_DUPLICATE_KEY("The same key twice in one mapping; only one of them counts."),
    YAML_UNKNOWN_KEY("A key or step that Camel's YAML schema does not know at this place."),
    YAML_MISSING_KEY("A key that Camel's YAML schema wants at this place is not there."),
    YAML_WRONG_VALUE("A value that does not have the form which Camel's YAML schema wants."),
    ROUTE_WITHOUT_ID("A route has no id, so it cannot be named in a log, a metric or a test."),
    ROUTE_WITHOUT_DESCRIPTION("A route does not say what it does."),
    ROUTE_ID_DUPLICATE("Two routes or two route configurations have the same id."),
    ROUTE_CONFIGURATION_UNKNOWN("A route opts into a route configuration that no file holds."),
    STEP_WITHOUT_ID("A step has no id; tests weave by it and logs name it."),
    STEP_ID_DUPLICATE("Two steps have the same id, the prefix of nodePrefixId counted in."),
    ENDPOINT_UNKNOWN("An endpoint's scheme belongs to no Camel component."),
    ENDPOINT_NOT_INSTALLED("An endpoint's component is Camel's but not among the libraries here.", false),
    ENDPOINT_OPTION_UNKNOWN("An option that the endpoint does not have."),
    ENDPOINT_OPTION_MALFORMED("An option whose value does not have the option's form."),
    ENDPOINT_OPTION_MISSING("An endpoint without something that it cannot do without."),
    ENDPOINT_OPTION_MISPLACED("An option for receiving on an endpoint that sends, or the other way round."),
    DIRECT_WITHOUT_CONSUMER("A direct endpoint that no route listens at, also by way of a sink or a setting's choice."),
    DIRECT_CONSUMER_DUPLICATE("Two routes listen at the same direct endpoint; the second will not start."),
    PLACEHOLDER_UNDECLARED("A placeholder under live-response. that is no setting."),
    PROPERTY_UNUSED("A property of the settings file that no route uses, and that is neither Camel's nor ours.", false),
    HTTP_TIMEOUT_MISSING("An HTTP endpoint that may wait for ever, or as long as the library likes."),
    HTTP_REDIRECT_FOLLOWED("An HTTP endpoint that goes wherever the answer sends it, headers and all."),
    HTTP_ERROR_THROWN("Camel's own HTTP exception holds the whole address, a download link's signature included."),
    SECRET_LITERAL("A secret is written out in a route."),
    BEAN_UNKNOWN("A bean of ours that the bundle does not bind."),
    BEAN_NOT_OURS("A bean that neither the bundle nor the settings file binds; a host may.", false),
    OUTCOME_NOT_ROUTED("An outcome that no branch of the router names, so that it falls into otherwise."),
    OUTCOME_UNKNOWN("The router asks for an outcome that there is not."),
    EXPRESSION_MALFORMED("A simple expression that cannot be parsed.");

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

    /** False for a mere warning: the routes may work all the same. */
    public boolean isError() {
        return error;
    }
}
