package io.liveresponse.deliver;

import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.util.Optional;

/**
 * Which sinks have which result, and which attempts are in progress. The envelope of each sink calls {@link #begin}, then the
 * sink, then {@link #delivered} or, if the sink provably got nothing, {@link #notSent}. Implementations are thread-safe.
 */
public interface Deliveries {

    /**
     * Records durably that an attempt begins. An attempt that ends with neither {@link #delivered} nor {@link #notSent} is in
     * doubt: the sink may have the result.
     *
     * @param lease what the worker holds while it serves the result; null if a host routes a result of its own
     * @return false if the sink already has the result and is to be skipped
     * @throws LiveResponseException LEDGER_UNAVAILABLE; with a retry-after if an attempt of another process is in doubt and its
     *                               effect cannot be seen yet
     */
    boolean begin(ResultKey key, String sink, Object lease) throws LiveResponseException;

    /**
     * Ends the attempt: the sink has the result.
     *
     * @param reference the sink's own name for it, or null if no attempt was made; then nothing is recorded
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    void delivered(ResultKey key, String sink, String reference) throws LiveResponseException;

    /**
     * Ends the attempt: the sink has got nothing, so the next attempt need not wait. Does nothing if the result was delivered.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    void notSent(ResultKey key, String sink) throws LiveResponseException;

    /**
     * The reference of an earlier delivery of this result, for a replay; empty if there was none.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    Optional<String> reference(ResultKey key, String sink) throws LiveResponseException;
}
