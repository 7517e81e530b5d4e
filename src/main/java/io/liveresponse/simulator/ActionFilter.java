package io.liveresponse.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of OData's {@code $filter} that the list of machine actions takes: comparisons of a documented field with a
 * literal, {@code and}, {@code or}, parentheses.
 */
final class ActionFilter {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([()])|'((?:[^']|'')*)'|([^\\s()']+))");
    private static final Set<String> TEXT_FIELDS = Set.of("id", "status", "machineId", "type", "requestor");
    private static final String TIME_FIELD = "creationDateTimeUtc";

    /** A query that the API refuses; the message is for the caller. */
    static final class UnsupportedException extends Exception {

        private static final long serialVersionUID = 1L;

        UnsupportedException(String message) {
            super(message);
        }
    }

    private record Token(String text, boolean literal) {

        boolean is(String word) {
            return !literal && text.equalsIgnoreCase(word);
        }
    }

    private final List<Token> tokens;
    private int next;

    private ActionFilter(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Predicate<ObjectNode> parse(String filter) throws UnsupportedException {
        ActionFilter parser = new ActionFilter(tokens(filter));
        Predicate<ObjectNode> parsed = parser.anyOf();
        if (parser.next < parser.tokens.size()) {
            throw new UnsupportedException("Syntax error in $filter after term " + parser.next + ".");
        }
        return parsed;
    }

    private static List<Token> tokens(String filter) throws UnsupportedException {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(filter.strip());
        while (matcher.lookingAt()) {
            String literal = matcher.group(2);
            tokens.add(literal != null
                    ? new Token(literal.replace("''", "'"), true)
                    : new Token(matcher.group(1) != null ? matcher.group(1) : matcher.group(3), false));
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        if (matcher.regionStart() < matcher.regionEnd()) {
            throw new UnsupportedException("Syntax error in $filter at position " + matcher.regionStart() + ".");
        }
        return tokens;
    }

    private Predicate<ObjectNode> anyOf() throws UnsupportedException {
        Predicate<ObjectNode> result = allOf();
        while (accept("or")) {
            result = result.or(allOf());
        }
        return result;
    }

    private Predicate<ObjectNode> allOf() throws UnsupportedException {
        Predicate<ObjectNode> result = term();
        while (accept("and")) {
            result = result.and(term());
        }
        return result;
    }

    private Predicate<ObjectNode> term() throws UnsupportedException {
        if (accept("(")) {
            Predicate<ObjectNode> inner = anyOf();
            if (!accept(")")) {
                throw new UnsupportedException("Syntax error in $filter: a parenthesis is not closed.");
            }
            return inner;
        }
        Token field = take();
        String operator = take().text();
        Token value = take();
        if (field.text().equals(TIME_FIELD)) {
            return time(operator, value.text());
        }
        if (!TEXT_FIELDS.contains(field.text())) {
            throw new UnsupportedException("The property '" + field.text() + "' cannot be used in $filter.");
        }
        if (!operator.equals("eq") || !value.literal()) {
            throw new UnsupportedException("The property '" + field.text() + "' can only be compared by eq with a text.");
        }
        return action -> action.path(field.text()).asText().equalsIgnoreCase(value.text());
    }

    private static Predicate<ObjectNode> time(String operator, String text) throws UnsupportedException {
        IntPredicate holds = switch (operator) {
            case "eq" -> order -> order == 0;
            case "ge" -> order -> order >= 0;
            case "gt" -> order -> order > 0;
            case "le" -> order -> order <= 0;
            case "lt" -> order -> order < 0;
            default -> throw new UnsupportedException("The operator '" + operator + "' is not supported.");
        };
        try {
            Instant bound = OffsetDateTime.parse(text).toInstant();
            return action -> holds.test(Instant.parse(action.path(TIME_FIELD).asText()).compareTo(bound));
        } catch (DateTimeParseException e) {
            throw new UnsupportedException("'" + TIME_FIELD + "' must be compared with a time such as 2026-01-31T08:00:00Z.");
        }
    }

    private boolean accept(String word) {
        if (next < tokens.size() && tokens.get(next).is(word)) {
            next++;
            return true;
        }
        return false;
    }

    private Token take() throws UnsupportedException {
        if (next >= tokens.size()) {
            throw new UnsupportedException("Syntax error in $filter: it ends too early.");
        }
        return tokens.get(next++);
    }
}
