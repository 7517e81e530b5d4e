package io.liveresponse.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.liveresponse.ledger.Delivery;
import io.liveresponse.ledger.Event;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.RequestError;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request as {@code --json} prints it. The field names are public; they are those of the result's JSON wherever it has
 * the same fact. What is not known is left out; times are ISO 8601 in UTC.
 *
 * @param acceptedNo its place in the order of acceptance, for {@code --before}
 * @param attempts   how often it failed at its present stage
 * @param deliveries for {@code show}, one per sink: {@code sink}, {@code reference}, {@code deliveredAt}; else left out
 * @param events     for {@code show}, the timeline: {@code at}, {@code kind}, {@code detail}; else left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RequestJson(
        long acceptedNo, @JsonUnwrapped KeyJson key, RequestState state, int attempts, Instant acceptedAt,
        Instant nextAttemptAt, Instant endedAt, String leaseOwner, Instant leaseEnd, @JsonUnwrapped ActionFacts action, String scriptName,
        Outcome outcome, Integer exitCode, String sha256, Long sizeBytes, Instant receivedAt, String keptAt, Stage errorStage,
        FailureCode errorCode, String errorText, String errorTarget, List<Delivery> deliveries, List<Event> events) {

    static RequestJson of(RequestRecord request) {
        return of(request, null, null);
    }

    static RequestJson of(Timeline timeline) {
        return of(timeline.request(), timeline.deliveries(), timeline.events());
    }

    private static RequestJson of(RequestRecord request, List<Delivery> deliveries, List<Event> events) {
        Optional<FetchedFacts> fetched = Optional.ofNullable(request.fetched());
        Optional<RequestError> error = Optional.ofNullable(request.error());
        return new RequestJson(request.acceptedNo(), KeyJson.of(request.key()), request.state(), request.attempts(), request.acceptedAt(),
                request.nextAttemptAt(), request.endedAt(), request.leaseOwner(), request.leaseEnd(), request.action(),
                request.action().scriptName(),
                known(fetched, FetchedFacts::outcome), known(fetched, FetchedFacts::exitCode),
                known(fetched, FetchedFacts::sha256), known(fetched, FetchedFacts::sizeBytes),
                known(fetched, FetchedFacts::receivedAt), known(fetched, FetchedFacts::spoolPath),
                known(error, RequestError::stage), known(error, RequestError::code), known(error, RequestError::text),
                known(error, RequestError::target), deliveries, events);
    }

    private static <T, V> V known(Optional<T> part, Function<T, V> field) {
        return part.map(field).orElse(null);
    }
}
