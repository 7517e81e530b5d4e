package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The part of OData's {@code $filter} that the API's lists take: comparisons of a documented field with a literal,
 * {@code field/any(x: x eq '…')}, {@code startswith}, {@code and}, {@code or}, parentheses.
 */
final class ODataFilter {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([()])|'((?:[^']|'')*)'|([^\\s()']+))");
    private static final String ANY = "/any";

    /**
     * What a list can be filtered by.
     *
     * @param texts       compared by {@code eq}
     * @param times       compared by {@code eq}, {@code ge}, {@code gt}, {@code le} and {@code lt}
     * @param collections searched by {@code any}
     */
    record Fields(Set<String> texts, Set<String> times, Set<String> collections) {
    }

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
    private final Fields fields;
    private int next;

    private ODataFilter(List<Token> tokens, Fields fields) {
        this.tokens = tokens;
        this.fields = fields;
    }

    static Predicate<ObjectNode> parse(String filter, Fields fields) throws UnsupportedException {
        ODataFilter parser = new ODataFilter(tokens(filter), fields);
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
        if (field.text().endsWith(ANY)) {
            return any(field.text().substring(0, field.text().length() - ANY.length()));
        }
        if (field.is("startswith")) {
            return startsWith();
        }
        String operator = take().text();
        Token value = take();
        if (fields.times().contains(field.text())) {
            return time(field.text(), operator, value.text());
        }
        if (!fields.texts().contains(field.text())) {
            throw new UnsupportedException("The property '" + field.text() + "' cannot be used in $filter.");
        }
        if (!operator.equals("eq") || !value.literal()) {
            throw new UnsupportedException("The property '" + field.text() + "' can only be compared by eq with a text.");
        }
        return action -> action.path(field.text()).asText().equalsIgnoreCase(value.text());
    }

    /** {@code (x: x eq 'value')}, after {@code field/any}. */
    private Predicate<ObjectNode> any(String field) throws UnsupportedException {
        if (!fields.collections().contains(field)) {
            throw new UnsupportedException("The property '" + field + "' cannot be searched by any.");
        }
        expect("(");
        String variable = take().text();
        if (!variable.endsWith(":")) {
            throw new UnsupportedException("Syntax error in $filter: any needs a variable and a colon.");
        }
        expect(variable.substring(0, variable.length() - 1));
        expect("eq");
        Token value = take();
        expect(")");
        if (!value.literal()) {
            throw new UnsupportedException("The items of '" + field + "' can only be compared by eq with a text.");
        }
        return item -> StreamSupport.stream(item.path(field).spliterator(), false)
                .anyMatch(entry -> entry.asText().equalsIgnoreCase(value.text()));
    }

    /** {@code (field,'value')}, after {@code startswith}. */
    private Predicate<ObjectNode> startsWith() throws UnsupportedException {
        expect("(");
        String field = take().text().replaceFirst(",$", "");
        Token value = take();
        expect(")");
        if (!fields.texts().contains(field) || !value.literal()) {
            throw new UnsupportedException("The function startswith needs a property that can be filtered by, and a text.");
        }
        String prefix = value.text().toLowerCase(Locale.ROOT);
        return item -> item.path(field).asText().toLowerCase(Locale.ROOT).startsWith(prefix);
    }

    private void expect(String word) throws UnsupportedException {
        if (!accept(word)) {
            throw new UnsupportedException("Syntax error in $filter: '" + word + "' is expected after term " + next + ".");
        }
    }

    private static Predicate<ObjectNode> time(String field, String operator, String text) throws UnsupportedException {
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
            return action -> holds.test(Instant.parse(action.path(field).asText()).compareTo(bound));
        } catch (DateTimeParseException e) {
            throw new UnsupportedException("'" + field + "' must be compared with a time such as 2026-01-31T08:00:00Z.");
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
