package io.liveresponse.worker;

import io.liveresponse.fetch.PauseGate;
import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.time.Duration;

/**
 * The quota of calls about machine actions: the ledger counts them for all nodes, and this process remembers the pauses, so that it
 * claims no whole action only to be refused. Thread-safe.
 */
final class ActionQuota implements QuotaGate {

    private final QuotaGate counted;
    private final PauseGate pauses;

    ActionQuota(QuotaGate counted, PauseGate pauses) {
        this.counted = counted;
        this.pauses = pauses;
    }

    @Override
    public void beforeCall(ResultKey key) throws LiveResponseException {
        pauses.beforeCall(key);
        try {
            counted.beforeCall(key);
        } catch (LiveResponseException e) {
            e.getRetryAfter().ifPresent(wait -> pauses.pause(key.tenant(), wait));
            throw e;
        }
    }

    @Override
    public void pause(String tenant, Duration pause) {
        pauses.pause(tenant, pause);
    }
}
