package io.liveresponse.runs;

import io.liveresponse.fetch.PauseGate;
import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.CallQuota;
import io.liveresponse.ledger.QuotaDecision;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The start calls of all threads, nodes and earlier runs, as the ledger counts them. A 429 pauses the starts of the tenant in this
 * process, and nothing else of it. Thread-safe.
 */
public final class RunQuota implements QuotaGate {

    private final CallQuota quota;
    private final Map<String, String> quotaKeys;
    private final PauseGate pauses;

    /**
     * @param quotaKeys the id of each tenant of the settings, by its name
     * @param clock     the machine's
     */
    public RunQuota(CallQuota quota, Map<String, String> quotaKeys, Clock clock) {
        this.quota = quota;
        this.quotaKeys = quotaKeys;
        this.pauses = new PauseGate(FailureCode.RUN_NOT_SENT, clock);
    }

    /** @throws LiveResponseException RUN_NOT_SENT if the tenant pauses or has no room; LEDGER_UNAVAILABLE */
    @Override
    public void beforeCall(ResultKey key) throws LiveResponseException {
        pauses.beforeCall(key);
        QuotaDecision permit;
        try {
            permit = quota.take(CallKind.RUN, quotaKeys.getOrDefault(key.tenant(), key.tenant()));
        } catch (DataAccessException | TransactionException e) {
            throw new LiveResponseException(FailureCode.LEDGER_UNAVAILABLE, "the ledger does not answer, so no live response is started");
        }
        if (!permit.granted()) {
            throw new LiveResponseException(FailureCode.RUN_NOT_SENT, "tenant " + key.tenant() + " has no room for a start until "
                    + permit.roomAt(), null, permit.waitTime());
        }
    }

    @Override
    public void pause(String tenant, Duration pause) {
        pauses.pause(tenant, pause);
    }

    boolean isPaused(String tenant) {
        return pauses.isPaused(tenant);
    }

    /** How many starts the window has room for now. */
    int room(String quotaKey) {
        return quota.room(CallKind.RUN, quotaKey);
    }
}
