package io.liveresponse.simulator.http;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Something that goes wrong with one answer. Immutable. Made by the factories only; which of the components matter depends
 * on the effect.
 *
 * @param effect  what happens
 * @param status  the status answered, for {@link Effect#ANSWER}
 * @param headers headers set on the answer, in place of those of the same name
 * @param body    the body answered for {@link Effect#ANSWER}; null for the endpoint's own error body
 * @param bytes   how many bytes of the body are sent, for {@link Effect#CUT}
 * @param pause   how long to wait: once for {@link Effect#DELAY}, before each byte for {@link Effect#DRIP} and {@link Effect#ENDLESS}
 * @param link    what becomes of the link's value, for {@link Effect#LINK}
 * @param code    an error code of the API, with the message in {@code body}; null for none
 */
public record Fault(
        Effect effect, int status, Map<String, String> headers, String body, long bytes, Duration pause,
        UnaryOperator<String> link, String code) {

    /** The ways to go wrong. */
    public enum Effect {
        /** Nothing. */
        NONE,
        /** A scripted answer; the endpoint does nothing. */
        ANSWER,
        /** The true answer with other headers. */
        HEADERS,
        /** The connection is reset; the endpoint does nothing. */
        RESET,
        /** The connection is closed in good order without an answer; the endpoint does nothing. */
        CLOSE,
        /** The endpoint does its work, a ticket is stored, and the connection is closed before the answer. */
        COMMIT_AND_CLOSE,
        /** The endpoint does its work, and a scripted answer takes the place of its own. */
        COMMIT_AND_ANSWER,
        /** The endpoint does its work, and there is no answer until the client gives up. */
        COMMIT_AND_HOLD,
        /** No answer until the client gives up; the endpoint does nothing. */
        HOLD,
        /** The true answer, late. */
        DELAY,
        /** The true head, with the true Content-Length, and only the first bytes of the body; then the connection closes. */
        CUT,
        /** The true answer, its body byte by byte. */
        DRIP,
        /** The true head without a Content-Length, the true body but for its last byte, and then blanks without end. */
        ENDLESS,
        /** The true answer with another link in it. */
        LINK,
        /** The true answer with a link that was good until a minute ago. */
        EXPIRED_LINK
    }

    static final Fault NONE = of(Effect.NONE);

    public Fault {
        Objects.requireNonNull(effect);
        headers = Map.copyOf(headers);
    }

    private Fault(
            Effect effect, int status, Map<String, String> headers, String body, long bytes, Duration pause,
            UnaryOperator<String> link) {
        this(effect, status, headers, body, bytes, pause, link, null);
    }

    private static Fault of(Effect effect) {
        return new Fault(effect, 0, Map.of(), null, 0, Duration.ZERO, UnaryOperator.identity());
    }

    /** A status with the endpoint's own form of error body. */
    public static Fault status(int status) {
        return new Fault(Effect.ANSWER, status, Map.of(), null, 0, Duration.ZERO, UnaryOperator.identity());
    }

    /** The API's error body with this code, e.g. 403 {@code DisabledFeature}. */
    public static Fault error(int status, String code, String message) {
        return new Fault(Effect.ANSWER, status, Map.of(), message, 0, Duration.ZERO, UnaryOperator.identity(),
                Objects.requireNonNull(code));
    }

    public static Fault answer(int status, Map<String, String> headers, String body) {
        return new Fault(Effect.ANSWER, status, headers, Objects.requireNonNull(body), 0, Duration.ZERO, UnaryOperator.identity());
    }

    /**
     * A 429.
     *
     * @param retryAfter the header's text, whatever it is
     */
    public static Fault tooManyRequests(String retryAfter) {
        return status(429).withRetryAfter(retryAfter);
    }

    /** A 302 to the location. */
    public static Fault redirect(String location) {
        return answer(302, Map.of("Location", location), "");
    }

    public static Fault headers(Map<String, String> headers) {
        return of(Effect.HEADERS).withHeaders(headers);
    }

    public static Fault contentType(String type) {
        return headers(Map.of("Content-Type", type));
    }

    public static Fault reset() {
        return of(Effect.RESET);
    }

    public static Fault close() {
        return of(Effect.CLOSE);
    }

    public static Fault commitAndClose() {
        return of(Effect.COMMIT_AND_CLOSE);
    }

    /** As a gateway does that loses the answer of the ticket system behind it. */
    public static Fault commitAndAnswer(int status) {
        return new Fault(Effect.COMMIT_AND_ANSWER, status, Map.of(), null, 0, Duration.ZERO, UnaryOperator.identity());
    }

    public static Fault commitAndHold() {
        return of(Effect.COMMIT_AND_HOLD);
    }

    public static Fault hold() {
        return of(Effect.HOLD);
    }

    public static Fault delay(Duration pause) {
        return new Fault(Effect.DELAY, 0, Map.of(), null, 0, pause, UnaryOperator.identity());
    }

    public static Fault cut(long bytes) {
        return new Fault(Effect.CUT, 0, Map.of(), null, bytes, Duration.ZERO, UnaryOperator.identity());
    }

    /** One byte a second. */
    public static Fault drip() {
        return drip(Duration.ofSeconds(1));
    }

    public static Fault drip(Duration perByte) {
        return new Fault(Effect.DRIP, 0, Map.of(), null, 0, perByte, UnaryOperator.identity());
    }

    /** As fast as the client reads. */
    public static Fault endless() {
        return of(Effect.ENDLESS);
    }

    /** @param perByte how long before each byte after the true ones */
    public static Fault endless(Duration perByte) {
        return new Fault(Effect.ENDLESS, 0, Map.of(), null, 0, perByte, UnaryOperator.identity());
    }

    /** Another value in place of the link, made from the true one. */
    public static Fault link(UnaryOperator<String> change) {
        return new Fault(Effect.LINK, 0, Map.of(), null, 0, Duration.ZERO, change);
    }

    /** The link with {@code &amp;} for {@code &}, as seen in the field. */
    public static Fault escapedLink() {
        return link(value -> value.replace("&", "&amp;"));
    }

    /** The link in an extra pair of quotes, as seen in the field. */
    public static Fault quotedLink() {
        return link(value -> '"' + value + '"');
    }

    public static Fault expiredLink() {
        return of(Effect.EXPIRED_LINK);
    }

    /** The same with these headers on the answer. */
    public Fault withHeaders(Map<String, String> more) {
        return new Fault(effect, status, more, body, bytes, pause, link, code);
    }

    public Fault withRetryAfter(String text) {
        return withHeaders(Map.of("Retry-After", text));
    }

    /** True if the endpoint's own work is left undone. */
    boolean replacesAnswer() {
        return switch (effect) {
            case ANSWER, RESET, CLOSE, HOLD -> true;
            default -> false;
        };
    }

    /** True if the client gets no status line. */
    boolean leavesUnanswered() {
        return switch (effect) {
            case RESET, CLOSE, COMMIT_AND_CLOSE, COMMIT_AND_HOLD, HOLD -> true;
            default -> false;
        };
    }
}
