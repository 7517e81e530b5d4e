package io.liveresponse.settings;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Camel's placeholders of environment variables and system properties, which are known without a Camel context. */
final class Variables {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\??)(env|sys):([^{}:]+)(?::([^{}]*))?}}");

    private Variables() {
    }

    /** The environment variables and system properties that the text requires and that are not set, as placeholders name them. */
    static List<String> missing(String text, UnaryOperator<String> environment) {
        return PLACEHOLDER.matcher(text).results()
                .filter(match -> match.group(1).isEmpty() && match.group(4) == null
                        && value(match.group(2), match.group(3), environment) == null)
                .map(match -> match.group(3)).distinct().toList();
    }

    /** The text with its placeholders of these two kinds replaced; one that is not set becomes its default, or stays as it is. */
    static String resolve(String text, UnaryOperator<String> environment) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String value = value(match.group(2), match.group(3), environment);
            String unset = match.group(4) == null ? match.group() : match.group(4);
            return Matcher.quoteReplacement(value == null ? unset : value);
        });
    }

    private static String value(String kind, String name, UnaryOperator<String> environment) {
        return kind.equals("sys") ? System.getProperty(name) : environment.apply(name);
    }
}
