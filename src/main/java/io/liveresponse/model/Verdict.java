package io.liveresponse.model;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happens to a request, or to the start of a script, after a failure. {@code failure-policy.camel.yaml} gives each failure code one of
 * these, by its label, in the variable {@value #VARIABLE}.
 */
public enum Verdict {
    /** Due again, later each time; dead-lettered after {@code live-response.retry.attempts}. */
    RETRY,
    /** Due again, later each time; dead-lettered after {@code live-response.retry.grace}. */
    NOT_YET,
    /** Due again when the other side allows; no attempt is counted. */
    POSTPONE,
    /** Due again when the other side may answer; an attempt is counted only if it has answered others meanwhile. */
    PAUSE_PEER,
    /** All requests of the tenant wait; no attempt is counted. */
    PAUSE_TENANT,
    /** The call may have started something, which is looked up before it is repeated. What starts nothing is retried. */
    LOOK_UP,
    /** Dead-lettered. */
    DEAD;

    public static final String VARIABLE = "liveResponseVerdict";

    /** The kebab-case name, such as {@code pause-peer}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return empty if no verdict has that label, or it is null */
    public static Optional<Verdict> of(String label) {
        return Stream.of(values()).filter(verdict -> verdict.label().equals(label)).findFirst();
    }
}
