package io.liveresponse.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.liveresponse.ledger.Delivery;
import io.liveresponse.ledger.RequestError;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.Outcome;
import java.time.Instant;
import java.util.List;

/** The status of a request as {@code intake-http} shows it. The names are public; null components are left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestStatus(String tenant, String machineActionId, Integer commandIndex, RequestState state, int attempts,
        Instant acceptedAt, Instant nextAttemptAt, Instant endedAt, Outcome outcome, Integer exitCode,
        RequestError error, List<Delivery> deliveries) {

    static RequestStatus of(Timeline timeline) {
        RequestRecord request = timeline.request();
        return new RequestStatus(request.key().tenant(), request.key().machineActionId(),
                request.key().wholeAction() ? null : request.key().commandIndex(), request.state(), request.attempts(),
                request.acceptedAt(), request.nextAttemptAt(), request.endedAt(),
                request.fetched() == null ? null : request.fetched().outcome(),
                request.fetched() == null ? null : request.fetched().exitCode(), request.error(), timeline.deliveries());
    }
}
