package io.liveresponse.deliver;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Which sinks do not take results just now, as far as this process has tried. Thread-safe. */
public final class SinkStates {

    /** What says something of the sink and not of one result. */
    private static final Set<FailureCode> OUT_OF_ORDER = EnumSet.of(FailureCode.DELIVERY_UNAVAILABLE, FailureCode.DELIVERY_NOT_STORED);

    private final Map<String, String> faults = new ConcurrentSkipListMap<>();

    void served(String sink) {
        faults.remove(sink);
    }

    void failed(String sink, LiveResponseException failure) {
        if (OUT_OF_ORDER.contains(failure.getCode())) {
            faults.put(sink, failure.getCode() + " " + failure.getMessage());
        }
    }

    /** The sinks with their last failure each; empty where none is out of order. */
    public Optional<String> fault() {
        return Optional.of(faults.entrySet().stream().map(sink -> sink.getKey() + ": " + sink.getValue()).collect(Collectors.joining("; ")))
                .filter(all -> !all.isEmpty());
    }
}
