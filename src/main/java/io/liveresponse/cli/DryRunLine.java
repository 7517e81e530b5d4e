package io.liveresponse.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.liveresponse.ledger.Delivery;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import java.util.List;

/**
 * Where one past result went and where it would go.
 *
 * @param went    the sinks that have it, by name
 * @param wouldGo the sinks that the router names and the settings switch on; null if it could not be judged
 * @param off     the sinks that the router names but the settings leave off
 * @param note    why it could not be judged, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DryRunLine(
        @JsonIgnore ResultKey key, Outcome outcome, Integer exitCode, List<String> went, List<String> wouldGo, List<String> off,
        String note) {

    static DryRunLine notJudged(ResultKey key, Timeline timeline, String note) {
        return new DryRunLine(key, null, null, timeline == null ? null : sinks(timeline), null, null, note);
    }

    static List<String> sinks(Timeline timeline) {
        return timeline.deliveries().stream().map(Delivery::sink).sorted().toList();
    }

    @JsonUnwrapped
    @JsonProperty
    KeyJson request() {
        return KeyJson.of(key);
    }

    @JsonProperty
    boolean differs() {
        return wouldGo != null && !wouldGo.equals(went);
    }
}
