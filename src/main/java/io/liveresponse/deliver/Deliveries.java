package io.liveresponse.deliver;

import io.liveresponse.result.ResultKey;

/** Which sinks have which result. Implementations are thread-safe. */
public interface Deliveries {

    /** True where the sink has not been given this result yet. */
    boolean isMissing(ResultKey key, String sink);

    /**
     * The sink has it.
     *
     * @param reference the sink's own name for it, or null where the sink is not set up and took nothing
     */
    void delivered(ResultKey key, String sink, String reference);
}
