package io.liveresponse.deliver;

import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;

/** Which sinks have which result. Implementations are thread-safe. */
public interface Deliveries {

    /**
     * True where the sink has not been given this result yet.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    boolean isMissing(ResultKey key, String sink) throws LiveResponseException;

    /**
     * The sink has it.
     *
     * @param reference the sink's own name for it, or null where the sink is not set up and took nothing
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    void delivered(ResultKey key, String sink, String reference) throws LiveResponseException;
}
