package io.liveresponse.deliver;

import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Which sinks fail now, as far as this process has tried. Thread-safe. */
public final class SinkStates {

    private final Map<String, String> faults = new ConcurrentSkipListMap<>();

    void served(String sink) {
        faults.remove(sink);
    }

    /** @param failure one that says something about the sink and not about one result; a failure of another stage is ignored */
    void failed(String sink, LiveResponseException failure) {
        if (failure.getStage() == Stage.DELIVER) {
            faults.put(sink, failure.getCode() + " " + failure.getMessage());
        }
    }

    /** The failing sinks with their last failure each; empty if there are none. */
    public Optional<String> fault() {
        return Optional.of(faults.entrySet().stream().map(sink -> sink.getKey() + ": " + sink.getValue()).collect(Collectors.joining("; ")))
                .filter(all -> !all.isEmpty());
    }
}
