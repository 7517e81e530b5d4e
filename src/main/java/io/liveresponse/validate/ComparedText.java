package io.liveresponse.validate;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The literals that a simple expression compares a function with, such as those of {@code ${body.outcome} in 'failed,dead'}. Immutable. */
final class ComparedText {

    private static final String OPERATOR_AND_LITERAL = "\\s+(==|=~|!=|!=~|in|!in)\\s+(?:'([^']*)'|\"([^\"]*)\")";

    private final Pattern comparison;

    /** @param function a regular expression without groups, for the function with its braces */
    ComparedText(String function) {
        comparison = Pattern.compile(function + OPERATOR_AND_LITERAL);
    }

    /** Each literal of each comparison; the parts of a list one by one. */
    Stream<String> in(String expression) {
        return comparison.matcher(expression).results().flatMap(result -> {
            String text = result.group(2) != null ? result.group(2) : result.group(3);
            return result.group(1).endsWith("in") ? Stream.of(text.split(",")) : Stream.of(text);
        }).map(String::strip);
    }
}
