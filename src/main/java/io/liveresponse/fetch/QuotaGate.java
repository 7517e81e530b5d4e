package io.liveresponse.fetch;

import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.time.Duration;

/**
 * What remembers a tenant's link calls beyond the two throttles, which forget with the process. Implementations are
 * thread-safe.
 */
public interface QuotaGate {

    /**
     * Writes down that a call is about to be made.
     *
     * @throws LiveResponseException LINK_QUOTA_EXCEEDED, with the time to wait, if the tenant is paused or has no room;
     *                               then no call may be made; LEDGER_UNAVAILABLE, if it cannot be recorded
     */
    void beforeCall(ResultKey key) throws LiveResponseException;

    /**
     * The API asks to be left alone; begins a pause of the tenant or makes it longer, never shorter.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    void pause(String tenant, Duration pause) throws LiveResponseException;
}
