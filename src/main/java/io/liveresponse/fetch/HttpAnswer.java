package io.liveresponse.fetch;

import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.camel.Message;

/** What both hops read of an HTTP answer. */
public final class HttpAnswer {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

    private HttpAnswer() {
    }

    /** The body, empty if there is none; closing it early drops the connection. */
    static InputStream body(Message message, Clock clock, Duration window, long bytesPerWindow) {
        InputStream body = message.getBody(InputStream.class);
        return new MinRateInputStream(body == null ? InputStream.nullInputStream() : body, clock, window, bytesPerWindow);
    }

    /**
     * {@code Retry-After} in seconds or as an HTTP date (RFC 9110, 10.2.3), never negative and at most two hours: longer than
     * the longest quota window it can only be a mistake. Empty if there is none that can be read.
     */
    public static Optional<Duration> retryAfter(Message message, Clock clock) {
        String value = message.getHeader("Retry-After", "", String.class).strip();
        if (value.matches("[+-]?\\d{1,18}")) {
            return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value))));
        }
        try {
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Optional.of(bounded(Duration.between(clock.instant(), at)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }
}
