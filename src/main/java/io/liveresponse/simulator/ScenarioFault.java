package io.liveresponse.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Something that goes wrong with the first requests about a command.
 *
 * @param at         the endpoint: {@code LINK}, {@code BLOB}, {@code ACTION} or {@code DESK}
 * @param times      how many requests; 0 for one
 * @param kind       what happens
 * @param status     the status answered, for {@link Kind#STATUS}
 * @param retryAfter the {@code Retry-After} header's text, or null
 * @param bytes      how many bytes are sent, for {@link Kind#CUT}
 */
public record ScenarioFault(EndpointKind at, int times, Kind kind, int status, String retryAfter, long bytes) {

    /** What a scenario file may ask for. */
    public enum Kind {
        STATUS,
        RESET,
        CLOSE,
        HOLD,
        CUT,
        DRIP,
        @JsonProperty("expired-link") EXPIRED_LINK,
        @JsonProperty("escaped-link") ESCAPED_LINK,
        @JsonProperty("quoted-link") QUOTED_LINK
    }

    private static final Set<EndpointKind> PLACES =
            EnumSet.of(EndpointKind.LINK, EndpointKind.BLOB, EndpointKind.ACTION, EndpointKind.DESK);

    public ScenarioFault {
        Objects.requireNonNull(at, "at");
        times = times == 0 ? 1 : times;
        kind = kind == null ? Kind.STATUS : kind;
        if (!PLACES.contains(at)) {
            throw new IllegalArgumentException("a fault of a command is at one of " + PLACES);
        }
        if (kind == Kind.STATUS && (status < 200 || status > 599)) {
            throw new IllegalArgumentException("a fault needs a kind, or a status from 200 to 599");
        }
    }

    Fault fault() {
        return switch (kind) {
            case STATUS -> retryAfter == null ? Fault.status(status) : Fault.status(status).withRetryAfter(retryAfter);
            case RESET -> Fault.reset();
            case CLOSE -> Fault.close();
            case HOLD -> Fault.hold();
            case CUT -> Fault.cut(bytes);
            case DRIP -> Fault.drip();
            case EXPIRED_LINK -> Fault.expiredLink();
            case ESCAPED_LINK -> Fault.escapedLink();
            case QUOTED_LINK -> Fault.quotedLink();
        };
    }
}
