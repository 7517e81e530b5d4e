package io.liveresponse.worker;

import io.liveresponse.model.FailureCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often this process met each failure. Thread-safe. */
final class FailureCounts {

    private final Map<FailureCode, LongAdder> counts = new EnumMap<>(FailureCode.class);

    FailureCounts() {
        for (FailureCode code : FailureCode.values()) {
            counts.put(code, new LongAdder());
        }
    }

    void add(FailureCode code) {
        counts.get(code).increment();
    }

    long of(FailureCode code) {
        return counts.get(code).sum();
    }
}
