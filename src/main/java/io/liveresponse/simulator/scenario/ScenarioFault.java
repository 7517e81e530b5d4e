package io.liveresponse.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Something that goes wrong with the first requests about a command or a device, or, at the top of a scenario, of a kind.
 *
 * @param at         the kind of request: at a command {@code LINK}, {@code BLOB}, {@code ACTION} or {@code TICKET}, at a device
 *                   {@code RUN} or {@code MACHINE}, at the top of a scenario any
 * @param times      how many requests; 0 for one
 * @param kind       what happens
 * @param status     the status answered, for {@link Kind#STATUS}
 * @param retryAfter the {@code Retry-After} header's text, or null
 * @param code       an error code of the API for {@link Kind#STATUS}, e.g. {@code DisabledFeature}; null for the usual one
 * @param bytes      how many bytes are sent, for {@link Kind#CUT}
 */
public record ScenarioFault(EndpointKind at, int times, Kind kind, int status, String retryAfter, String code, long bytes) {

    /** What a scenario file may ask for. */
    public enum Kind {
        STATUS,
        RESET,
        CLOSE,
        HOLD,
        CUT,
        DRIP,
        /** The endpoint does its work and the connection closes before the answer. */
        @JsonProperty("lost-answer") LOST_ANSWER,
        /** The body never ends. */
        ENDLESS,
        @JsonProperty("expired-link") EXPIRED_LINK,
        @JsonProperty("escaped-link") ESCAPED_LINK,
        @JsonProperty("quoted-link") QUOTED_LINK
    }

    public ScenarioFault {
        Objects.requireNonNull(at, "at");
        times = times == 0 ? 1 : times;
        kind = kind == null ? Kind.STATUS : kind;
        if (kind == Kind.STATUS && (status < 200 || status > 599)) {
            throw new IllegalArgumentException("a fault needs a kind, or a status from 200 to 599");
        }
    }

    public Fault fault() {
        return switch (kind) {
            case STATUS -> {
                Fault refusal = code == null ? Fault.status(status) : Fault.error(status, code, "The request was refused.");
                yield retryAfter == null ? refusal : refusal.withRetryAfter(retryAfter);
            }
            case RESET -> Fault.reset();
            case CLOSE -> Fault.close();
            case HOLD -> Fault.hold();
            case CUT -> Fault.cut(bytes);
            case DRIP -> Fault.drip();
            case LOST_ANSWER -> Fault.commitAndClose();
            case ENDLESS -> Fault.endless();
            case EXPIRED_LINK -> Fault.expiredLink();
            case ESCAPED_LINK -> Fault.escapedLink();
            case QUOTED_LINK -> Fault.quotedLink();
        };
    }

    /** @throws IllegalArgumentException if one of the faults is at another place */
    static List<ScenarioFault> at(Set<EndpointKind> places, List<ScenarioFault> faults) {
        List<ScenarioFault> all = faults == null ? List.of() : List.copyOf(faults);
        all.stream().filter(fault -> !places.contains(fault.at())).findFirst().ifPresent(fault -> {
            throw new IllegalArgumentException("a ScenarioFault at " + fault.at() + " is not possible here, only at " + places);
        });
        return all;
    }
}
